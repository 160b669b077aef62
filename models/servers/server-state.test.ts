import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer, aService, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aServer, inServiceOf } from '../../tests/support/inventory.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import type { StaffAct } from '../accounts/staff-act.js';
import type { Service } from '../services/service.js';
import { Installation, installationTokenHash } from './installation.js';
import { recordReport } from './installation-report.js';
import { Server } from './server.js';
import { ServerLease } from './server-lease.js';
import { moveServer } from './server-state.js';

const moving = suite('[STF-04] moving a machine by hand');
const at = new Date('2027-03-11T12:00Z');
let database: { close: () => Promise<void> };
let act: StaffAct;

moving.before(async () => {
  database = await openDatabase();
  const { id, name } = await aStaffMember({ name: 'Oksana Kovalenko' });
  act = { staff: { id, name }, address: '192.0.2.7', at };
});
moving.after(async () => {
  await database.close();
});

let opened = 0;
async function anInstallation(server: Server, service: Service): Promise<Installation> {
  const tokenHash = installationTokenHash(`token ${++opened}`);
  const row = { serverId: server.id, serviceId: service.id, tokenHash, status: 'waiting', createdAt: at } as const;
  return Installation.query().insertAndFetch(row);
}

const reason = 'Memory test ran for 24 hours';

moving('takes it to the next state with its reason and its audit entry', async () => {
  const { label } = await aServer({ status: 'testing' });
  assert.is(await moveServer(label, { from: 'testing', to: 'ready', reason }, act), 'moved');
  const server = await Server.query().findOne({ label }).throwIfNotFound();
  assert.equal([server.status, server.statusReason, server.statusSince], ['ready', reason, at]);
  const [entry] = await AuditEntry.query().where({ subjectId: label });
  assert.equal([entry?.action, entry?.actorName, entry?.address], ['server.moved', 'Oksana Kovalenko', '192.0.2.7']);
  assert.equal([entry?.before, entry?.after], [{ status: 'testing' }, { status: 'ready', reason }]);
});

moving('of two who decide at once one is refused', async () => {
  const { label } = await aServer({ status: 'testing' });
  const both = [
    moveServer(label, { from: 'testing', to: 'ready', reason }, act),
    moveServer(label, { from: 'testing', to: 'failed_testing', reason }, act),
  ];
  assert.equal((await Promise.all(both)).sort(), ['moved', 'moved_on']);
  assert.is((await AuditEntry.query().where({ subjectId: label })).length, 1);
});

moving('a machine that an order holds stays in stock, and of order and staff one is first', async () => {
  const customer = await aCustomer();
  const service = await aService(customer);
  const { id, label, productId } = await aServer();
  const hold = () =>
    ServerLease.transaction((trx) =>
      ServerLease.take({ productId, choiceIds: [] }, service.id, { from: at, until: new Date(+at + 1_800_000) }, trx),
    );
  const [taken, outcome] = await Promise.all([
    hold(),
    moveServer(label, { from: 'ready', to: 'testing', reason }, act),
  ]);
  assert.is(outcome, taken ? 'held' : 'moved');
  const { status } = await Server.query().findById(id).throwIfNotFound();
  assert.is(status, taken ? 'ready' : 'testing');
  if (taken) {
    const later = { ...act, at: new Date(+at + 1_900_000) };
    assert.is(await moveServer(label, { from: 'ready', to: 'testing', reason }, later), 'moved');
  }
});

moving('disks that an installer has begun on do not come back by hand', async () => {
  const service = await aService(await aCustomer());
  const { id, label } = await aServer({ status: 'leased' });
  const installation = await anInstallation(await Server.query().findById(id).throwIfNotFound(), service);
  await recordReport(installation, 'started', at);
  await Server.moveTo(id, 'failed_provisioning', at, 'install_stalled: silent');
  await installation.moveTo('abandoned', at);
  for (const to of ['testing', 'ready', 'tested', 'in_service'] as const) {
    assert.is(await moveServer(label, { from: 'failed_provisioning', to, reason }, act), 'not_from_here', to);
  }
  assert.is(await moveServer(label, { from: 'failed_provisioning', to: 'quarantined', reason }, act), 'moved');
  for (const to of ['ready', 'testing', 'tested', 'wiping'] as const) {
    assert.is(await moveServer(label, { from: 'quarantined', to, reason }, act), 'not_from_here', to);
  }
});

moving('a machine whose installer never reported may be tested again', async () => {
  const service = await aService(await aCustomer());
  const server = await aServer({ status: 'leased' });
  const installation = await anInstallation(server, service);
  await Server.moveTo(server.id, 'failed_provisioning', at, 'no_installer: silent');
  await installation.moveTo('abandoned', at);
  const { label } = server;
  assert.is(await moveServer(label, { from: 'failed_provisioning', to: 'testing', reason }, act), 'moved');
  assert.is(await moveServer(label, { from: 'testing', to: 'ready', reason }, act), 'moved');
});

moving('nor does one on which a service ran, though no installation of it is known', async () => {
  const service = await aService(await aCustomer());
  const server = await aServer({ status: 'failed_provisioning', statusReason: 'no_installer: silent' });
  await inServiceOf(service, server, new Date('2027-02-01'));
  await ServerLease.release(service.id, at);
  const { label } = server;
  assert.is(await moveServer(label, { from: 'failed_provisioning', to: 'testing', reason }, act), 'not_from_here');
});

moving.run();
