import * as assert from 'uvu/assert';
import { type Bmc, BmcRefused } from '../../gateways/bmc/bmc.js';
import { createBmcs } from '../../gateways/bmc/drivers.js';
import { failureOf } from '../support/failure.js';
import { until } from '../support/hardware.js';
import { suiteUnless } from '../support/skipping.js';
import { openSushy, sushyTools } from '../support/sushy.js';

/** A service that nobody here wrote, and that keeps only a part of the contract: the rest must be refused, not believed. */
const { path, missing } = await sushyTools();
const sushy = suiteUnless(missing, '[SVC-10] Redfish against sushy-tools');
const WITHIN_MS = 20_000;
let service: Awaited<ReturnType<typeof openSushy>>;
let bmc: Bmc;
const becomes = (state: string) => until(async () => (await bmc.powerState()) === state, WITHIN_MS);

sushy.before(async () => {
  service = await openSushy(path ?? '');
  bmc = createBmcs()(service.access);
  await until(async () => (await bmc.powerState().catch(() => undefined)) === 'off', WITHIN_MS);
});
sushy.after(() => service.discard());

sushy('a reset is refused to what is off, and a cycle, which it does not offer, to what is on', async () => {
  assert.instance(await failureOf(bmc.reset()), BmcRefused);
  await bmc.powerOn();
  await becomes('on');
  assert.instance(await failureOf(bmc.powerCycle()), BmcRefused);
});

sushy('a reset ends with the machine on, and off is off', async () => {
  await bmc.powerOn();
  await becomes('on');
  await bmc.reset();
  await becomes('on');
  await bmc.powerOff();
  await becomes('off');
});

sushy('a machine that does not tell its serial number is a case for a person', async () => {
  assert.instance(await failureOf(bmc.serial()), BmcRefused);
});

sushy('a boot setting that stays for ever is not taken for one that counts once', async () => {
  const failure = await failureOf(bmc.bootFromNetworkOnce());
  assert.instance(failure, BmcRefused);
  assert.match(String(failure), 'Continuous');
  await bmc.bootFromDisk();
});

sushy('wrong credentials are refused', async () => {
  const stranger = createBmcs()({ ...service.access, password: 'not this one' });
  assert.instance(await failureOf(stranger.powerState()), BmcRefused);
});

sushy.run();
