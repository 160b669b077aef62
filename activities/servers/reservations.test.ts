import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccessTokens } from '../../gateways/access-tokens.js';
import { AuditEntry } from '../../models/accounts/audit-entry.js';
import { ProcessStep } from '../../models/durable/process-step.js';
import { Installation } from '../../models/servers/installation.js';
import { recordReport } from '../../models/servers/installation-report.js';
import { RootPassword } from '../../models/servers/root-password.js';
import { Server } from '../../models/servers/server.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import { countHoldings, releaseHoldings } from '../../models/services/holdings.js';
import { Service } from '../../models/services/service.js';
import { openDatabase } from '../../tests/support/database.js';
import { failureOf } from '../../tests/support/failure.js';
import { asActivity, openWorkshop, type Workshop } from '../../tests/support/workshop.js';
import { createHandoverActivities } from './handover.js';
import { createInstallationActivities, type InstallationActivities } from './installations.js';
import { createReservationActivities } from './reservations.js';
import { createRootPasswordActivities } from './root-passwords.js';

const reservations = suite('[SVC-10] reserving a machine, and letting it go');
const { beginProvisioning, reserveServer, releaseServer, setServerAside } = createReservationActivities();
const HOUR = 3_600_000;
let database: { close: () => Promise<void> };
let workshop: Workshop;
let installations: InstallationActivities;

reservations.before(async () => {
  database = await openDatabase();
  workshop = await openWorkshop();
  installations = createInstallationActivities({ ...workshop.deps, tokens: createAccessTokens('a key') });
});
reservations.before.each(async () => {
  await Installation.query().delete();
  await ServerLease.query().delete();
  await Server.query().patch({ status: 'ready', statusReason: null });
});
reservations.after(async () => {
  await workshop.close();
  await database.close();
});

const statusOf = async (id: string) => (await Server.query().findById(id).throwIfNotFound()).status;

async function begun() {
  const { service, order } = await workshop.anOrder();
  const { serverId } = await asActivity(() => reserveServer(service.id));
  return { service, order, serverId, on: { serviceId: service.id, serverId } };
}

reservations('begin with the numbers people know, once', async () => {
  const { service, order } = await begun();
  const { labels, finished } = await asActivity(() => beginProvisioning(service.id));
  assert.equal(
    [labels, finished],
    [{ service: service.slug, customer: workshop.customer.number, order: order.number }, undefined],
  );
  await Service.query().findById(service.id).patch({ status: 'active', activeAt: new Date() });
  assert.is((await asActivity(() => beginProvisioning(service.id))).finished, 'active');
});

reservations('confirm the machine that was held since the order, however often they are tried', async () => {
  const { service, serverId } = await begun();
  assert.is((await asActivity(() => reserveServer(service.id))).serverId, serverId);
  const leases = await ServerLease.query().where({ serviceId: service.id });
  assert.equal(
    leases.map((lease) => [lease.serverId, /,\)$/.test(lease.during)]),
    [[serverId, true]],
  );
  assert.is(await statusOf(serverId), 'leased');
});

reservations('take another machine when the lease ran out and somebody else has the first', async () => {
  const { service: late } = await workshop.anOrder();
  const inTwoHours = new Date(Date.now() + 2 * HOUR);
  const { service: other } = await workshop.anOrder({ placedAt: new Date(Date.now() + HOUR) });
  const { serverId: taken } = await asActivity(() => reserveServer(other.id), new Date(Date.now() + HOUR));
  const { serverId } = await asActivity(() => reserveServer(late.id), inTwoHours);
  assert.is.not(serverId, taken);
});

reservations('say when none is left', async () => {
  const { service } = await workshop.anOrder();
  await Server.query().patch({ status: 'quarantined' });
  assert.match(String(await failureOf(asActivity(() => reserveServer(service.id)))), 'no Quay M4 is left');
});

reservations('give an untouched machine back to stock', async () => {
  const { service, serverId } = await begun();
  for (let tried = 1; tried <= 2; tried++) await asActivity(() => releaseServer(service.id));
  assert.is(await statusOf(serverId), 'ready');
});

reservations('never give back to stock what an installer has touched', async () => {
  const { service, serverId } = await begun();
  await Server.moveTo(serverId, 'provisioning', new Date());
  await asActivity(() => releaseServer(service.id));
  assert.is(await statusOf(serverId), 'quarantined');
});

reservations('are let go with all that an order held, where nobody gave the machine back before', async () => {
  for (const [status, then] of [
    ['leased', 'ready'],
    ['provisioning', 'quarantined'],
  ] as const) {
    const { service, serverId } = await begun();
    await Server.query().findById(serverId).patch({ status });
    await releaseHoldings(service.id, new Date());
    assert.is(await statusOf(serverId), then);
    assert.is(await countHoldings(service.id, new Date()), 0);
  }
});

reservations('take a failed machine out of the pool with its reason, and keep it out', async () => {
  const { service, serverId, on } = await begun();
  await asActivity(() => setServerAside({ ...on, failure: 'no_answer', detail: 'nobody answers' }));
  await asActivity(() => releaseServer(service.id));
  const { status, statusReason, label } = await Server.query().findById(serverId).throwIfNotFound();
  assert.equal([status, statusReason], ['failed_provisioning', 'no_answer: nobody answers']);
  assert.is(await AuditEntry.query().where({ action: 'server.failed', subjectId: label }).resultSize(), 1);
});

reservations('of installer and customer the first decides, and the other learns it', async () => {
  for (const first of ['installer', 'customer']) {
    const { on } = await begun();
    const installationId = randomUUID();
    await asActivity(() => installations.prepareInstallation({ ...on, installationId }));
    const row = await Installation.query().findById(installationId).throwIfNotFound();
    const withdraw = () => asActivity(() => installations.withdrawInstallation(installationId));
    if (first === 'customer') assert.equal(await withdraw(), { begun: false });
    assert.is(await recordReport(row, 'started', new Date()), first === 'customer' ? 'abandoned' : 'started');
    assert.equal(await withdraw(), { begun: first === 'installer' });
    assert.is(await statusOf(on.serverId), first === 'customer' ? 'leased' : 'provisioning');
  }
});

reservations('forget the passwords nobody looked at, and none that is still to be handed over', async () => {
  const { on, service } = await begun();
  await asActivity(() => installations.prepareInstallation({ ...on, installationId: randomUUID() }));
  const { forgetRootPasswords } = createRootPasswordActivities();
  const password = () => RootPassword.query().findById(service.id).throwIfNotFound();
  const late = new Date(Date.now() + 49 * HOUR);
  await Service.query().findById(service.id).patch({ status: 'preparing' });
  await asActivity(forgetRootPasswords, late);
  assert.ok((await password()).passwordSealed);
  await Service.query().findById(service.id).patch({ status: 'active', activeAt: new Date() });
  await asActivity(forgetRootPasswords);
  assert.ok((await password()).passwordSealed);
  await asActivity(forgetRootPasswords, late);
  assert.is((await password()).passwordSealed, null);
});

reservations('keep the password while its letter is kept back, and for 48 hours after it left', async () => {
  const { on, service } = await begun();
  const installationId = randomUUID();
  await asActivity(() => installations.prepareInstallation({ ...on, installationId }));
  await Service.query().findById(service.id).patch({ status: 'preparing' });
  const begunAt = new Date();
  const hours = (number: number) => new Date(begunAt.getTime() + number * HOUR);
  await ProcessStep.begin('serverProvisioning', service.id, 'welcome', begunAt);
  const tokens = createAccessTokens('a key');
  const { handOver, sendWelcome } = createHandoverActivities({ ...workshop.deps, tokens });
  await asActivity(() => handOver({ ...on, installationId }), begunAt);
  const { forgetRootPasswords } = createRootPasswordActivities();
  const password = () => RootPassword.query().findById(service.id).throwIfNotFound();
  for (let hour = 1; hour <= 72; hour++) {
    await asActivity(forgetRootPasswords, hours(hour));
    assert.ok((await password()).isThereAt(hours(hour)), `after ${hour} hours`);
  }
  await asActivity(() => sendWelcome(service.id), hours(72));
  await ProcessStep.end({ process: 'serverProvisioning', subjectId: service.id }, 'done', hours(72));
  await asActivity(() => sendWelcome(service.id), hours(90)); // asked once more: it left long ago
  await asActivity(forgetRootPasswords, hours(119));
  assert.ok((await password()).isThereAt(hours(119)));
  assert.is((await password()).isThereAt(hours(120)), false);
  await asActivity(forgetRootPasswords, hours(121));
  assert.is((await password()).passwordSealed, null);
});

reservations.run();
