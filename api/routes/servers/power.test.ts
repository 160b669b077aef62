import { Model } from 'objection';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessesUnavailable } from '../../../gateways/processes.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { ProcessStep } from '../../../models/durable/process-step.js';
import { PowerCommand } from '../../../models/servers/power-command.js';
import { PowerReading } from '../../../models/servers/power-reading.js';
import { ServerLease } from '../../../models/servers/server-lease.js';
import type { Service } from '../../../models/services/service.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aService, aStaffMember, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aPowerCommand } from '../../../tests/support/power.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { aTask } from '../../../tests/support/staff-tasks.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const power = suite('[SVC-04] [SVC-09] a server’s power and its reboot log');
const now = new Date('2027-03-11T12:00:00Z');
const processes = stubbedProcesses();
let database: { close: () => Promise<void> };
let customer: Customer;
let service: Service;
let guest: Visitor;
let visitor: Visitor;
let page: string;

power.before(async () => {
  database = await openDatabase();
});
power.before.each(async () => {
  processes.start.reset();
  customer = await aCustomer({ timeZone: 'Europe/Paris' });
  guest = await visit(testApp({ now: () => now, processes }));
  visitor = await signedInVisitor(guest, await aUser(customer, { name: 'Élodie' }));
  service = await aService(customer);
  page = `/servers/${service.slug}`;
});
power.after.each(async () => {
  await guest.leave();
});
power.after(async () => {
  await database.close();
});

async function serverIdOf({ id: serviceId }: Service): Promise<string> {
  return (await ServerLease.query().findOne({ serviceId }).throwIfNotFound()).serverId;
}

/** Asked, done, and over, so many seconds later. */
async function past(differing: Parameters<typeof aPowerCommand>[1], outcome: PowerCommand['outcome'], seconds = 8) {
  const command = await aPowerCommand(service, differing);
  const at = new Date(command.askedAt.getTime() + seconds * 1_000);
  await command.begin(command.askedAt);
  await command.end({ outcome: outcome ?? 'restarted', powerBefore: 'on', powerAfter: 'on' }, at);
  return command;
}

power('is shown as it was last read, with its age, and never read by a page', async () => {
  assert.match((await visitor.get(page)).body, 'Its state was not read yet.');
  await PowerReading.note(await serverIdOf(service), 'off', new Date('2027-03-11T11:58:00Z'));
  const { body } = await visitor.get(page);
  assert.match(body, 'Read 2 min ago');
  assert.match(body, /data-tone="idle">.*Off<\/span>/);
  for (const deed of ['cycle', 'reset', 'off', 'on']) assert.match(body, `href="${page}/power/${deed}"`);
  assert.match(body, `<form method="post" action="${page}/power-commands" hx-post="${page}/power-commands"`);
  assert.match(body, `<a href="${page}/power-commands">Reboot log</a>`);
  assert.not.match(body, 'hx-trigger="every');
});

power('is looked at anew at a press, and the card follows the look', async () => {
  const asked = await visitor.post(`${page}/power-commands`, { command: 'state' });
  assert.equal([asked.status, asked.location], [303, `${page}/power`]);
  const { command, reason } = await PowerCommand.query().findOne({ serviceId: service.id }).throwIfNotFound();
  assert.equal([command, reason], ['state', '']);
  sinon.assert.calledOnce(processes.start);
  const { body } = await visitor.get(`${page}/power`);
  assert.match(body, 'Reading its state…');
  assert.match(body, `hx-get="${page}/power" hx-trigger="every 2s"`);
});

power('says of a look that brought nothing why it did not', async () => {
  const look = await aPowerCommand(service, { command: 'state', reason: '' });
  await look.begin(now);
  await look.end({ outcome: 'no_answer', powerBefore: null, powerAfter: null }, now);
  assert.match((await visitor.get(page)).body, 'The last look brought nothing. Its management did not answer.');
});

power('is told what it will do, what is lost and how long it takes, before the button', async () => {
  const at = new Date('2027-03-01T10:00:00Z');
  const { id } = await past({ at }, 'restarted');
  await ProcessStep.begin('powerCommand', id, 'power_cycle', at);
  await ProcessStep.end({ process: 'powerCommand', subjectId: id }, 'done', new Date('2027-03-01T10:00:08Z'));
  const { status, body } = await visitor.get(`${page}/power/cycle`);
  assert.is(status, 200);
  const places = ['not saved yet is lost', 'shut its system down there first', 'Usually takes 8 sec', 'Restart now'];
  assert.equal(
    places.map((words) => body.indexOf(words) > 0),
    [true, true, true, true],
  );
  assert.ok(body.indexOf('is lost') < body.indexOf('Restart now'));
  await PowerReading.note(await serverIdOf(service), 'off', now);
  assert.match((await visitor.get(`${page}/power/cycle`)).body, 'What is off cannot be restarted');
  assert.is((await visitor.get(`${page}/power/explode`)).status, 404);
  assert.is((await visitor.get(`${page}/power/state`)).status, 404);
});

power('is asked for with a reason, and the page of the command follows it to its end', async () => {
  const asked = await visitor.post(`${page}/power-commands`, { command: 'cycle', reason: ' new <b>kernel</b> ' });
  const command = await PowerCommand.query().findOne({ serviceId: service.id }).throwIfNotFound();
  const address = `${page}/power-commands/${command.id}`;
  assert.equal([asked.status, asked.location, command.reason], [303, address, 'new <b>kernel</b>']);
  sinon.assert.calledOnceWithMatch(processes.start, { type: 'powerCommand' }, { commandId: command.id });
  const waiting = (await visitor.get(address)).body;
  for (const said of ['It begins within a moment.', 'Élodie', 'new &lt;b&gt;kernel', `hx-get="${address}"`])
    assert.match(waiting, said);

  await command.begin(now);
  await ProcessStep.begin('powerCommand', command.id, 'power_check', now);
  await ProcessStep.query().where({ subjectId: command.id }).patch({ problem: 'bmcUnreachable' });
  assert.match((await visitor.get(address)).body, 'management does not answer. Trying again.');
  await aTask({ workflowId: `power-command:${command.id}`, step: 'switchMachine' });
  const withStaff = (await visitor.get(address)).body;
  assert.match(withStaff, 'Our staff is looking at it');
  assert.match(withStaff, 'management does not answer. Waiting for our staff');
  assert.not.match(withStaff, 'rying again');
  assert.match((await visitor.get(page)).body, `It is being restarted. <a href="${address}">`);

  await command.end({ outcome: 'unconfirmed', powerBefore: 'on', powerAfter: null }, new Date(now.getTime() + 8_000));
  const over = (await visitor.get(address)).body;
  for (const said of ['nobody can say whether it followed', 'not read', '8 sec']) assert.match(over, said);
  assert.not.match(over, 'hx-trigger="every');
});

power('without its reason comes back with what was typed', async () => {
  for (const reason of ['', ' ', 'x'.repeat(201), 'a\u0000b']) {
    const { status, body } = await visitor.post(`${page}/power-commands`, { command: 'off', reason });
    assert.is(status, 422);
    assert.match(body, 'Say why, in at most 200 characters.');
    if (reason.length > 200) assert.match(body, 'x'.repeat(201));
  }
  const odds: Record<string, string>[] = [{ command: 'explode', reason: 'x' }, { reason: 'x' }, {}];
  for (const odd of odds) assert.is((await visitor.post(`${page}/power-commands`, odd)).status, 422);
  assert.is(await PowerCommand.query().where({ serviceId: service.id }).resultSize(), 0);
});

power('is refused with words while another runs, and leads to that one', async () => {
  const { id } = await aPowerCommand(service);
  const { status, body } = await visitor.post(`${page}/power-commands`, { command: 'off', reason: 'in a hurry' });
  assert.is(status, 409);
  assert.match(body, 'Another command is still under way on this machine.');
  assert.match(body, `href="${page}/power-commands/${id}"`);
  sinon.assert.notCalled(processes.start);
});

power('is refused while the server is suspended, and no button is offered', async () => {
  await service.$query().patch({ suspendedAt: now });
  const shown = (await visitor.get(page)).body;
  assert.match(shown, 'The server is suspended and was switched off for that.');
  assert.not.match(shown, `${page}/power/on`);
  const refused = await visitor.post(`${page}/power-commands`, { command: 'on', reason: 'please' });
  assert.is(refused.status, 409);
  assert.match(refused.body, 'once the suspension is lifted');
  assert.is((await visitor.post(`${page}/power-commands`, { command: 'state' })).status, 303);
});

power('waits in its row while the cluster is silent', async () => {
  processes.start.rejects(new ProcessesUnavailable('silent'));
  assert.is((await visitor.post(`${page}/power-commands`, { command: 'off', reason: 'x' })).status, 303);
});

power('of others is not there, nor are their commands under an own address', async () => {
  const other = await aService(await aCustomerWithUser());
  const theirs = await aPowerCommand(other);
  for (const path of ['power', 'power/off', 'power-commands', 'power-commands.csv', `power-commands/${theirs.id}`])
    assert.is((await visitor.get(`/servers/${other.slug}/${path}`)).status, 404, path);
  const asked = await visitor.post(`/servers/${other.slug}/power-commands`, { command: 'on', reason: 'mine' });
  assert.is(asked.status, 404);
  assert.is((await visitor.get(`${page}/power-commands/${theirs.id}`)).status, 404);
  assert.is((await visitor.get(`${page}/power-commands/%27`)).status, 404);
});

async function aCustomerWithUser(): Promise<Customer> {
  const someone = await aCustomer();
  await aUser(someone);
  return someone;
}

power('log tells when, what, who, why, what came of it and how long it took; staff by the shop’s name', async () => {
  const staff = await aStaffMember({ name: 'Oksana Kovalenko' });
  await past({ at: new Date('2027-03-01T10:00:00Z'), reason: 'new kernel' }, 'restarted');
  await past(
    { at: new Date('2027-03-02T10:00:00Z'), command: 'off', by: { staff }, reason: '=fan' },
    'not_reached',
    70,
  );
  await aPowerCommand(service, { command: 'state', reason: '' });
  const { body } = await visitor.get(`${page}/power-commands`);
  for (const said of [
    'new kernel',
    'Élodie',
    'It was restarted',
    'It was asked and did not follow.',
    'Northquay',
    '1 min 10 sec',
  ])
    assert.match(body, said);
  assert.not.match(body, 'Oksana');
  assert.ok(body.indexOf('&#x3D;fan') < body.indexOf('new kernel'), 'newest first');
  const rows = async (query: string) => (await visitor.get(`${page}/power-commands?${query}`)).body;
  assert.match(await rows('show=vain'), '&#x3D;fan');
  assert.not.match(await rows('show=vain'), 'new kernel');
  assert.match(await rows('show=restarts&q=KERNEL'), 'new kernel');
  assert.match(await rows('q=Oksana'), 'Nothing matches');
  assert.match(await rows('q=%25'), 'Nothing matches');
  const [, first = ''] = (await visitor.get(`${page}/power-commands.csv?sort=asked`)).body.split('\r\n');
  assert.is(first, '2027-03-01T10:00:00.000Z,Restart,new kernel,Élodie,Done,It was restarted and is on.,On,On,8');
  assert.match((await visitor.get(`${page}/power-commands.csv`)).body, "Switch off,'=fan,Northquay,Failed");
});

power('log asks the database a handful of times, however much there is', async () => {
  for (let day = 1; day < 9; day++) await past({ at: new Date(`2027-03-0${day}T10:00:00Z`) }, 'restarted');
  const statements: string[] = [];
  const listen = ({ sql }: { sql: string }) => statements.push(sql);
  Model.knex().on('query', listen);
  await visitor.get(`${page}/power-commands`);
  Model.knex().removeListener('query', listen);
  assert.ok(statements.length <= 6, statements.join('\n'));
});

power('of a server not handed over yet has nothing to switch', async () => {
  await service.$query().patch({ status: 'ended', endedAt: now });
  assert.not.match((await visitor.get(page)).body, 'id="power"');
  const { status, body } = await visitor.post(`${page}/power-commands`, { command: 'on', reason: 'x' });
  assert.is(status, 409);
  assert.match(body, 'The server is not in service');
});

power.run();
