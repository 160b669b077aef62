import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type BmcAccess, BmcUnreachable } from '../../gateways/bmc/bmc.js';
import { ProcessStep } from '../../models/durable/process-step.js';
import { PowerCommand } from '../../models/servers/power-command.js';
import { PowerReading } from '../../models/servers/power-reading.js';
import { Server } from '../../models/servers/server.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import type { Service } from '../../models/services/service.js';
import type { Power, PowerDeed } from '../../rules/servers/power-commands.js';
import { openDatabase } from '../../tests/support/database.js';
import { failureOf } from '../../tests/support/failure.js';
import { until } from '../../tests/support/hardware.js';
import { aPowerCommand } from '../../tests/support/power.js';
import { asActivity, openWorkshop, type Workshop } from '../../tests/support/workshop.js';
import { createPowerCommandActivities, type PowerCommandActivities, type Watched } from './power-commands.js';

const power = suite('[SVC-04] a power command at the machine');
let database: { close: () => Promise<void> };
let workshop: Workshop;
let activities: PowerCommandActivities;
let service: Service;
const machine = () => workshop.hardware.machine('r1-01');

power.before(async () => {
  database = await openDatabase();
  workshop = await openWorkshop();
  activities = createPowerCommandActivities({ ...workshop.deps, dipMs: 200 });
  service = (await workshop.anOrder()).service;
  await service.$query().patch({ status: 'active', activeAt: new Date() });
  const lease = await ServerLease.query().findOne({ serviceId: service.id }).throwIfNotFound();
  await ServerLease.transaction((trx) => lease.confirm(trx));
  await Server.query().findById(lease.serverId).patch({ status: 'in_service' });
});
power.before.each(async () => {
  workshop.hardware.faults.clear('r1-01');
  await PowerCommand.query().delete();
  machine()?.press('on');
  await until(() => machine()?.state.stage === 'halted'); // its disk is empty, which is none of our business here
});
power.after(async () => {
  await workshop.close();
  await database.close();
});

async function given(command: PowerDeed | 'state'): Promise<string> {
  const { id } = await aPowerCommand(service, { command, reason: command === 'state' ? '' : 'a test', at: new Date() });
  await asActivity(() => activities.beginPowerCommand(id));
  return id;
}

/** How often its power went to that state, as the machine itself counts. */
function times(state: 'On' | 'Off'): number {
  return machine()?.state.log.filter(({ message }) => message === `Power state: ${state}`).length ?? 0;
}

power('begins with the names that people know, unless it is over or may not be given', async () => {
  const id = (await aPowerCommand(service, { at: new Date() })).id;
  const { number } = workshop.customer;
  const labels = { service: service.slug, customer: number };
  assert.equal(await asActivity(() => activities.beginPowerCommand(id)), { command: 'cycle', labels });
  await service.$query().patch({ suspendedAt: new Date() });
  assert.equal(await asActivity(() => activities.beginPowerCommand(id)), { over: 'suspended' });
  await service.$query().patch({ suspendedAt: null });
  assert.equal(await asActivity(() => activities.beginPowerCommand(id)), { over: 'suspended' }, 'over is over');
});

power('that looks notes what it reads', async () => {
  const id = await given('state');
  assert.equal(await asActivity(() => activities.lookAtPower(id)), { power: 'on', pushed: false });
  assert.is((await PowerReading.query().first())?.power, 'on');
});

power('off is asked for, and watched until it is reached', async () => {
  const id = await given('off');
  assert.equal(await asActivity(() => activities.pushPower(id)), { found: 'on', taken: true });
  assert.equal(await asActivity(() => activities.watchPower(id)), { power: 'off', settled: true, wasOff: true });
  assert.is((await PowerReading.query().first())?.power, 'off');
});

power('a cycle is waited for, though its "off" may be too short to be seen', async () => {
  const [id, before] = [await given('cycle'), times('Off')];
  await asActivity(() => activities.pushPower(id));
  const { power, settled } = (await asActivity(() => activities.watchPower(id))) as Watched;
  assert.equal([power, settled, times('Off') - before], ['on', true, 1]);
});

power('a cycle that is seen off is over as soon as it is on again', async () => {
  const seen: Power[] = ['on', 'off', 'off', 'on'];
  const bmcs = (access: BmcAccess) => ({
    ...workshop.deps.bmcs(access),
    powerState: async (): Promise<Power> => seen.shift() ?? 'on',
  });
  const watching = createPowerCommandActivities({ ...workshop.deps, bmcs });
  const id = await given('cycle');
  assert.equal(await asActivity(() => watching.watchPower(id)), { power: 'on', settled: true, wasOff: true });
  assert.equal(seen, []);
});

power('a machine that does not follow is watched for so long and no longer', async () => {
  const watching = createPowerCommandActivities({ ...workshop.deps, pace: { everyMs: 5, withinMs: 50 } });
  const id = await given('off');
  assert.equal(await asActivity(() => watching.watchPower(id)), { power: 'on', settled: false, wasOff: false });
});

for (const deed of ['cycle', 'reset'] as const) {
  power(`a second attempt at a ${deed}, its worker killed, reads the state and restarts nothing`, async () => {
    const id = await given(deed);
    const starts = () => machine()?.state.log.filter(({ message }) => message === 'No bootable device').length ?? 0;
    await asActivity(() => activities.pushPower(id));
    await until(() => machine()?.state.stage === 'halted');
    const before = starts();
    assert.equal(await asActivity(() => activities.pushPower(id)), { found: 'on', taken: false });
    assert.equal(await asActivity(() => activities.lookAtPower(id)), { power: 'on', pushed: true });
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.is(starts(), before);
  });
}

power('a second attempt that finds the machine off switches it on', async () => {
  const id = await given('cycle');
  await asActivity(() => activities.pushPower(id));
  machine()?.press('off');
  await until(() => machine()?.state.stage === 'off');
  assert.equal(await asActivity(() => activities.pushPower(id)), { found: 'off', taken: true });
  const { power, settled } = (await asActivity(() => activities.watchPower(id))) as Watched;
  assert.equal([power, settled], ['on', true]);
});

power('a restart of a machine that went off meanwhile is not asked for', async () => {
  const id = await given('reset');
  machine()?.press('off');
  await until(() => machine()?.state.stage === 'off');
  assert.equal(await asActivity(() => activities.pushPower(id)), { over: 'is_off' });
});

power('a machine whose service processor answers for another is not touched', async () => {
  const id = await given('off');
  workshop.hardware.faults.set('r1-01', { step: 'bmc', kind: 'wrong' });
  const unfit = { unfit: 'wrong_machine', detail: 'OTHER-NQ-SN-01, not NQ-SN-01' };
  for (const ask of [activities.lookAtPower, activities.pushPower, activities.watchPower])
    assert.equal(await asActivity<unknown>(() => ask(id)), unfit);
  assert.is(machine()?.state.stage, 'halted');
});

power('silence is thrown, to be tried again, and told beside the step', async () => {
  const id = await given('off');
  await ProcessStep.begin('powerCommand', id, 'power_off', new Date());
  workshop.hardware.faults.set('r1-01', { step: 'bmc', kind: 'broken', times: 1 });
  assert.instance(await failureOf(asActivity(() => activities.pushPower(id))), BmcUnreachable);
  assert.is((await ProcessStep.query().findOne({ subjectId: id }))?.problem, 'bmcUnreachable');
  assert.is((await PowerCommand.query().findById(id))?.pushedAt, null, 'the machine was not asked');
});

power('what was refused may be asked for again, what was lost may not', async () => {
  const refusing = createPowerCommandActivities({
    ...workshop.deps,
    bmcs: (access) => ({
      ...workshop.deps.bmcs(access),
      reset: () => workshop.deps.bmcs({ ...access, password: '' }).reset(),
    }),
  });
  const id = await given('reset');
  const refused = (await asActivity(() => refusing.pushPower(id))) as { unfit: string };
  assert.is(refused.unfit, 'bmc_refused');
  assert.equal(await asActivity(() => activities.pushPower(id)), { found: 'on', taken: true });

  const losing = createPowerCommandActivities({
    ...workshop.deps,
    bmcs: (access) => ({ ...workshop.deps.bmcs(access), reset: () => Promise.reject(new BmcUnreachable('lost')) }),
  });
  await PowerCommand.query().delete();
  const other = await given('reset');
  assert.equal(await asActivity(() => losing.pushPower(other)), { found: 'on', taken: false });
  assert.equal(await asActivity(() => activities.pushPower(other)), { found: 'on', taken: false });
});

power('is not done when it may not be any more', async () => {
  const id = await given('reset');
  await service.$query().patch({ suspendedAt: new Date() });
  assert.equal(await asActivity(() => activities.pushPower(id)), { over: 'suspended' });
  await service.$query().patch({ suspendedAt: null });
});

power('that ends in silence is unconfirmed when the machine was asked', async () => {
  const silence = { outcome: 'no_answer', powerBefore: null, powerAfter: null } as const;
  const end = (commandId: string) => asActivity(() => activities.endPowerCommand({ commandId, ...silence }));
  assert.is(await end(await given('off')), 'no_answer');
  const asked = await given('off');
  await PowerCommand.query().findById(asked).patch({ pushedAt: new Date() });
  assert.is(await end(asked), 'unconfirmed');
  assert.is((await PowerCommand.query().findById(asked))?.status, 'failed');
});

power.run();
