import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import { PowerCommand } from '../../../models/servers/power-command.js';
import { ServerLease } from '../../../models/servers/server-lease.js';
import { TimelineEntry } from '../../../models/timeline-entry.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aService, aStaffMember, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aServer } from '../../../tests/support/inventory.js';
import { aPowerCommand } from '../../../tests/support/power.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { aTask } from '../../../tests/support/staff-tasks.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const power = suite('[SVC-04] [SVC-09] a machine’s power, for staff');
const now = new Date('2027-03-11T12:00:00Z');
const temporalUi = { url: 'http://temporal.example', namespace: 'default' };
let database: { close: () => Promise<void> };
let guest: Visitor;
let hands: Visitor;

power.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now: () => now, temporalUi }));
  hands = await signedInVisitor(guest, await aStaffMember({ name: 'Oksana Kovalenko', role: 'data_centre' }));
});
power.after(async () => {
  await guest.leave();
  await database.close();
});

power('of a machine in stock is switched with a reason, and nobody else is told', async () => {
  const { label } = await aServer();
  const page = `/staff/servers/${label}`;
  assert.match((await hands.get(page)).body, `href="${page}/power/on"`);
  assert.match((await hands.get(`${page}/power/on`)).body, 'Where a customer has the machine, they read it too.');
  const { status, location } = await hands.post(`${page}/power-commands`, { command: 'on', reason: 'burn-in' });
  assert.is(status, 303);
  const { body } = await hands.get(location ?? '');
  assert.match(body, 'Oksana Kovalenko');
  assert.match(body, /temporal\.example\/namespaces\/default\/workflows\/power-command/);
  assert.match((await hands.get(page)).body, 'Asked for power to be switched');
  assert.match((await hands.get(`${page}/power-commands`)).body, 'burn-in');
  assert.match((await hands.get('/staff/workflows?kind=powerCommand')).body, label);
});

power('of a customer’s machine is told to the customer, and shows who of the staff it was', async () => {
  const customer = await aCustomer();
  await aUser(customer, { name: 'Élodie' });
  const service = await aService(customer);
  const { server } = await ServerLease.query()
    .findOne({ serviceId: service.id })
    .withGraphFetched('server')
    .throwIfNotFound();
  const page = `/staff/servers/${server.label}`;
  await service.$query().patch({ suspendedAt: now });
  assert.is((await hands.post(`${page}/power-commands`, { command: 'off', reason: 'abuse' })).status, 303);
  const command = await PowerCommand.query().findOne({ serviceId: service.id }).throwIfNotFound();
  const [told] = await TimelineEntry.query().modify('about', 'service', service.id);
  assert.equal(told?.values, { who: 'Northquay', reason: 'abuse' });
  const audited = await AuditEntry.query()
    .findOne({ action: 'power.asked', subjectId: server.label })
    .throwIfNotFound();
  assert.equal([audited.actorName, audited.customerId], ['Oksana Kovalenko', customer.id]);

  const task = await aTask({ workflowId: `power-command:${command.id}`, step: 'switchMachine', subject: service.name });
  assert.match((await hands.get(`${page}/power-commands/${command.id}`)).body, `href="/staff/tasks/${task.id}"`);
  const decision = (await hands.get(`/staff/tasks/${task.id}`)).body;
  for (const said of ['is never asked for twice', 'Switch off: asked by Oksana Kovalenko', 'The machine was not asked'])
    assert.match(decision, said);
  assert.not.match(decision, 'Not done: Payment');
  await command.begin(now);
  await command.end({ outcome: 'switched_off', powerBefore: 'on', powerAfter: 'off' }, now);
  await service.$query().patch({ suspendedAt: null });
  await aPowerCommand(service, { command: 'on', reason: 'back to work', at: now });
  const log = (await hands.get(`${page}/power-commands?q=kovalenko`)).body;
  assert.match(log, 'abuse');
  assert.not.match(log, 'back to work');
});

power('is left alone while a process has the machine in its hands', async () => {
  const { label } = await aServer({ status: 'wiping' });
  const page = `/staff/servers/${label}`;
  assert.match((await hands.get(page)).body, 'Its power is left alone until that is done.');
  assert.is((await hands.post(`${page}/power-commands`, { command: 'cycle', reason: 'x' })).status, 409);
  assert.is((await hands.post(`${page}/power-commands`, { command: 'state' })).status, 303);
});

power('is seen by whoever may see machines, and switched by whoever may change them', async () => {
  const { label } = await aServer();
  const page = `/staff/servers/${label}`;
  const reader = await signedInVisitor(guest, await aStaffMember({ role: 'support' }));
  const { body } = await reader.get(page);
  assert.match(body, 'id="power"');
  assert.not.match(body, `${page}/power/on`);
  assert.is((await reader.get(`${page}/power/on`)).status, 403);
  assert.is((await reader.post(`${page}/power-commands`, { command: 'state' })).status, 403);
  assert.is((await reader.get(`${page}/power-commands`)).status, 200);
});

power.run();
