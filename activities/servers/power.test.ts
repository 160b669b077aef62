import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BmcUnreachable } from '../../gateways/bmc/bmc.js';
import { ProcessStep } from '../../models/durable/process-step.js';
import { Bmc } from '../../models/servers/bmc.js';
import { DeviceLease } from '../../models/servers/device-lease.js';
import { openDatabase } from '../../tests/support/database.js';
import { failureOf } from '../../tests/support/failure.js';
import { until } from '../../tests/support/hardware.js';
import { asActivity, openWorkshop, type Workshop } from '../../tests/support/workshop.js';
import { createPowerActivities, type PowerActivities } from './power.js';

const power = suite('[SVC-10] power over a machine');
let database: { close: () => Promise<void> };
let workshop: Workshop;
let activities: PowerActivities;
let on: { serviceId: string; serverId: string };
const machine = () => workshop.hardware.machine('r1-01');

power.before(async () => {
  database = await openDatabase();
  workshop = await openWorkshop();
  activities = createPowerActivities(workshop.deps);
  const { service } = await workshop.anOrder();
  on = { serviceId: service.id, serverId: workshop.servers[0]?.id ?? '' };
  await ProcessStep.begin('serverProvisioning', service.id, 'boot', new Date());
});
power.after.each(async () => {
  workshop.hardware.faults.clear('r1-01');
  await asActivity(() => activities.powerOff(on));
});
power.after(async () => {
  await workshop.close();
  await database.close();
});

power('is given to the machine that the inventory means, and to no other', async () => {
  assert.equal(await asActivity(() => activities.checkMachine(on)), { fit: true });
  workshop.hardware.faults.set('r1-01', { step: 'bmc', kind: 'wrong', times: 1 });
  const { fit, ...why } = await asActivity(() => activities.checkMachine(on));
  assert.equal({ fit, ...why }, { fit: false, failure: 'wrong_serial', detail: 'OTHER-NQ-SN-01, not NQ-SN-01' });
});

power('goes off, waits for it, boots from the network once, and on again', async () => {
  await asActivity(() => activities.powerOn(on));
  await asActivity(() => activities.powerOff(on));
  assert.is(machine()?.state.stage, 'off');
  await asActivity(() => activities.setNetworkBoot(on));
  assert.equal(await asActivity(() => activities.powerOn(on)), { fit: true });
  await until(() => machine()?.state.boot.BootSourceOverrideEnabled === 'Disabled');
});

power('asked for twice is not pushed twice: a machine that is on stays on', async () => {
  await asActivity(() => activities.powerOn(on));
  const entries = () => machine()?.state.log.filter(({ message }) => message === 'Power state: On').length;
  const before = entries();
  await asActivity(() => activities.powerOn(on));
  assert.is(entries(), before);
});

power('says of a machine that stays off that it did not start', async () => {
  workshop.hardware.faults.set('r1-01', { step: 'power_on', kind: 'dead', times: 1 });
  const quick = createPowerActivities({ ...workshop.deps, pace: { everyMs: 10, withinMs: 200 } });
  const verdict = await asActivity(() => quick.powerOn(on));
  assert.equal(verdict, { fit: false, failure: 'did_not_start', detail: 'switched on, and still off' });
});

power('calls a refusal the machine’s failure', async () => {
  workshop.hardware.faults.set('r1-01', { step: 'boot_override', kind: 'lies', times: 1 });
  const verdict = await asActivity(() => activities.setNetworkBoot(on));
  assert.is(!verdict.fit && verdict.failure, 'bmc_refused');
});

power('throws on silence, to be tried again, and says so beside the step', async () => {
  workshop.hardware.faults.set('r1-01', { step: 'bmc', kind: 'broken', times: 1 });
  assert.instance(await failureOf(asActivity(() => activities.powerOff(on))), BmcUnreachable);
  assert.is((await ProcessStep.query().findOne({ subjectId: on.serviceId }))?.problem, 'bmcUnreachable');
});

power('is one command at a time: who comes second waits for the first', async () => {
  const { id } = await Bmc.query().findOne({ serverId: on.serverId }).throwIfNotFound();
  const soon = new Date(Date.now() + 700);
  await DeviceLease.take(`bmc:${id}`, 'another worker', new Date(), soon);
  await asActivity(() => activities.checkMachine(on));
  assert.ok(Date.now() >= soon.getTime(), 'it did not wait');
  assert.is(await DeviceLease.query().resultSize(), 0);
});

power.run();
