import * as assert from 'uvu/assert';
import { createBmcs } from '../../gateways/bmc/drivers.js';
import { Bmc } from '../../models/servers/bmc.js';
import { Server } from '../../models/servers/server.js';
import { type BmcBench, ipmiBench } from '../../tests/support/bmc-benches.js';
import { openDatabase } from '../../tests/support/database.js';
import { until } from '../../tests/support/hardware.js';
import { suiteUnless } from '../../tests/support/skipping.js';
import { asActivity, openWorkshop, type Workshop } from '../../tests/support/workshop.js';
import { createPowerActivities, type PowerActivities } from './power.js';

const power = suiteUnless(ipmiBench.missing, '[SVC-10] power over a machine that speaks IPMI');
let database: { close: () => Promise<void> };
let workshop: Workshop;
let bench: BmcBench;
let activities: PowerActivities;
let on: { serviceId: string; serverId: string };

power.before(async () => {
  database = await openDatabase();
  workshop = await openWorkshop();
  bench = await ipmiBench.open();
  activities = createPowerActivities({ ...workshop.deps, bmcs: createBmcs() });
  const { service } = await workshop.anOrder();
  on = { serviceId: service.id, serverId: workshop.servers[0]?.id ?? '' };
  const { driver, address, username, password, cipherSuite = 17 } = bench.access;
  const passwordSealed = workshop.deps.sealer.seal(password);
  await Bmc.query().where({ serverId: on.serverId }).patch({ driver, address, username, passwordSealed, cipherSuite });
  await until(async () => (await asActivity(() => activities.checkMachine(on)).catch(() => undefined)) !== undefined);
});
power.after(async () => {
  await bench.discard();
  await workshop.close();
  await database.close();
});

power('starts it once from the network, from off', async () => {
  assert.equal(await asActivity(() => activities.checkMachine(on)), { fit: true });
  assert.equal(await asActivity(() => activities.powerOff(on)), { fit: true });
  assert.equal(await asActivity(() => activities.setNetworkBoot(on)), { fit: true });
  assert.equal(await asActivity(() => activities.powerOn(on)), { fit: true });
  assert.equal(bench.seen(), { starts: 1, netboots: 1, losses: 0 });
});

power('is not given to a machine whose service processor answers for another', async () => {
  await Server.query().findById(on.serverId).patch({ serial: 'NQ-SN-07' });
  const { fit, ...why } = await asActivity(() => activities.checkMachine(on));
  assert.equal({ fit, ...why }, { fit: false, failure: 'wrong_serial', detail: 'NQ-SN-01, not NQ-SN-07' });
});

power('knows a cipher suite that the board does not have for a refusal of the machine', async () => {
  await Bmc.query().where({ serverId: on.serverId }).patch({ cipherSuite: 17 });
  const verdict = await asActivity(() => activities.powerOn(on));
  assert.is(!verdict.fit && verdict.failure, 'bmc_refused');
});

power.run();
