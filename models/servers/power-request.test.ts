import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer, aService, aStaffMember, aUser } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { failureOf } from '../../tests/support/failure.js';
import { aServer } from '../../tests/support/inventory.js';
import { aPowerCommand, askForPower } from '../../tests/support/power.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import { ProcessStart } from '../durable/process-start.js';
import { subjectOf } from '../durable/process-subject.js';
import type { Service } from '../services/service.js';
import { TimelineEntry } from '../timeline-entry.js';
import { PowerCommand } from './power-command.js';
import { PowerReading } from './power-reading.js';
import { requestPower } from './power-request.js';

const requests = suite('[SVC-04] power commands');
const at = new Date('2027-03-11T10:00Z');
const later = new Date('2027-03-11T10:01Z');
let database: { close: () => Promise<void> };
let service: Service;

requests.before(async () => {
  database = await openDatabase();
});
requests.before.each(async () => {
  const customer = await aCustomer();
  await aUser(customer, { name: 'Élodie' });
  service = await aService(customer);
});
requests.after(async () => {
  await database.close();
});

async function aPowerCommandsMachine(id: string) {
  const { server } = await PowerCommand.query().findById(id).withGraphFetched('server').throwIfNotFound();
  return server;
}

async function toldAbout({ id }: Service) {
  const told = await TimelineEntry.query().modify('about', 'service', id).orderBy('id');
  return told.map(({ actor, event, values }) => [actor, event, values] as const);
}

requests('are written with sentence, audit entry and the process to follow', async () => {
  const { id, status, serviceId, askedBy } = await aPowerCommand(service);
  assert.equal([status, serviceId, askedBy], ['requested', service.id, 'customer']);
  assert.equal(await toldAbout(service), [
    ['customer', 'power.asked_cycle', { who: 'Élodie', reason: 'new kernel' }],
  ] as never);
  const audited = await AuditEntry.query()
    .findOne({ action: 'power.asked', subjectId: service.slug })
    .throwIfNotFound();
  assert.equal([audited.actorName, audited.address], ['Élodie', '192.0.2.7']);
  const machine = (await aPowerCommandsMachine(id)).label;
  assert.equal(audited.after, { command: 'cycle', reason: 'new kernel', machine });
  const promised = await ProcessStart.query().findById(`power-command:${id}`).throwIfNotFound();
  assert.equal([promised.process, promised.input], ['powerCommand', { commandId: id }]);
  assert.is((await subjectOf(`power-command:${id}`)).subject, service.name);
});

requests('that fail half-way leave nothing behind', async () => {
  const promise = sinon.stub(ProcessStart, 'accept').rejects(new Error('disk full'));
  assert.match(String(await failureOf(askForPower(service))), 'disk full');
  promise.restore();
  assert.is(await PowerCommand.query().where({ serviceId: service.id }).resultSize(), 0);
  assert.equal(await toldAbout(service), []);
});

requests('of twenty at once one is taken, and leaves one trace', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => askForPower(service)));
  const refused = answers.filter((answer) => 'refused' in answer && answer.refused === 'another_runs');
  assert.is(refused.length, 19);
  assert.is(await PowerCommand.query().where({ serviceId: service.id }).resultSize(), 1);
  assert.is((await toldAbout(service)).length, 1);
  assert.is(await AuditEntry.query().where({ subjectId: service.slug }).resultSize(), 1);
});

requests('of twenty looks at once are one look, and keep no command waiting', async () => {
  const looks = await Promise.all(
    Array.from({ length: 20 }, () => askForPower(service, { command: 'state', reason: '' })),
  );
  const ids = new Set(looks.map((answer) => 'accepted' in answer && answer.accepted.id));
  assert.is(ids.size, 1);
  assert.is((await aPowerCommand(service)).status, 'requested');
  assert.is((await toldAbout(service)).length, 1, 'a look is nothing that happened to a server');
});

requests('are taken again once the one before is over', async () => {
  const first = await aPowerCommand(service);
  await first.begin(later);
  await first.end({ outcome: 'restarted', powerBefore: 'on', powerAfter: 'on' }, later);
  assert.is.not((await aPowerCommand(service)).id, first.id);
});

requests('end once, in one sentence, however often that is said', async () => {
  const command = await aPowerCommand(service, { command: 'off' });
  await command.begin(later);
  const end = { powerBefore: 'on', powerAfter: 'off' } as const;
  await command.end({ outcome: 'switched_off', ...end }, later);
  await command.end({ outcome: 'unconfirmed', ...end }, later);
  const { status, outcome } = await PowerCommand.query().findById(command.id).throwIfNotFound();
  assert.equal([status, outcome], ['done', 'switched_off']);
  assert.equal(
    (await toldAbout(service)).map(([actor, event]) => `${actor}: ${event}`),
    ['customer: power.asked_off', 'process: power.switched_off'],
  );
});

requests('of a suspended service are refused, its looks are not', async () => {
  await service.$query().patch({ suspendedAt: at });
  assert.equal(await askForPower(service, { command: 'on' }), { refused: 'suspended' });
  assert.ok('accepted' in (await askForPower(service, { command: 'state', reason: '' })));
  assert.is(await AuditEntry.query().where({ subjectId: service.slug }).resultSize(), 0);
});

requests('of staff are told to the customer in the shop’s name', async () => {
  const staff = await aStaffMember({ name: 'Oksana' });
  const { askedBy } = await aPowerCommand(service, { by: { staff }, command: 'reset', reason: 'hangs' });
  assert.is(askedBy, 'staff');
  assert.equal(await toldAbout(service), [
    ['staff', 'power.asked_reset', { who: 'Northquay', reason: 'hangs' }],
  ] as never);
});

requests('of a machine in stock are nobody’s but staff’s', async () => {
  const [server, staff] = [await aServer(), await aStaffMember({ name: 'Oksana' })];
  const wish = { server, service: undefined, command: 'on', reason: 'burn-in', from: '192.0.2.7', at } as const;
  const answer = await requestPower({ ...wish, by: { staff } });
  assert.ok('accepted' in answer);
  const { customerId, subjectType, subjectId } = await AuditEntry.query()
    .findOne({ action: 'power.asked', subjectId: server.label })
    .throwIfNotFound();
  assert.equal([customerId, subjectType, subjectId], [null, 'server', server.label]);
  const about = await subjectOf(`power-command:${answer.accepted.id}`);
  assert.equal(about, { subjectType: 'server', subject: server.label, customerId: null });
  await server.$query().patch({ status: 'provisioning' });
  assert.equal(await requestPower({ ...wish, command: 'off', by: { staff } }), { refused: 'being_prepared' });
});

requests('a reading is replaced by a younger one only', async () => {
  const { id } = await aServer();
  await PowerReading.note(id, 'on', later);
  await PowerReading.note(id, 'off', at);
  assert.is((await PowerReading.query().findById(id))?.power, 'on');
  await PowerReading.note(id, 'off', later);
  assert.is((await PowerReading.query().findById(id))?.power, 'off');
});

requests.run();
