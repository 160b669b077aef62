import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Bmc, type BmcAccess, BmcRefused, BmcUnreachable } from '../../gateways/bmc/bmc.js';
import { createBmcs } from '../../gateways/bmc/drivers.js';
import { failureOf } from '../support/failure.js';
import { type Hardware, openHardware, until } from '../support/hardware.js';

const contract = suite('Redfish against machines that misbehave');
let hardware: Hardware;
let bmc: Bmc;

const connect = (id = 'r1-01', differing: Partial<BmcAccess> = {}) =>
  createBmcs({ timeoutMs: 800 })(hardware.access(id, differing));
const bootOf = (id = 'r1-01') => hardware.machine(id)?.state.boot;
const stageOf = (id = 'r1-01') => hardware.machine(id)?.state.stage;

contract.before.each(async () => {
  hardware = await openHardware();
  bmc = connect();
});
contract.after.each(() => hardware.discard());

contract('[SVC-10] tells the serial number of its own machine', async () => {
  assert.is(await bmc.serial(), 'NQ-SN-01');
  assert.is(await connect('r1-02').serial(), 'NQ-SN-02');
});

contract('[SVC-10] switching on what is on, or is coming on, is success and disturbs nothing', async () => {
  await bmc.powerOn();
  await bmc.powerOn();
  await until(() => stageOf() === 'halted');
  const entries = hardware.machine('r1-01')?.state.log.length;
  await bmc.powerOn();
  assert.is(hardware.machine('r1-01')?.state.log.length, entries);
});

contract('[SVC-10] calls a machine that is still coming on off', async () => {
  hardware.faults.set('r1-01', { step: 'power_on', kind: 'slow', delayMs: 5_000 });
  await bmc.powerOn();
  assert.is(await bmc.powerState(), 'off');
  assert.is(stageOf(), 'starting');
});

contract('[SVC-10] boots from the network once and then as usual', async () => {
  await bmc.bootFromNetworkOnce();
  assert.is(bootOf()?.BootSourceOverrideEnabled, 'Once');
  await bmc.powerOn();
  await until(() => stageOf() === 'netboot');
  assert.is(bootOf()?.BootSourceOverrideEnabled, 'Disabled');
});

contract('[SVC-10] finds out a BMC that takes the boot setting and forgets it', async () => {
  hardware.faults.set('r1-01', { step: 'boot_override', kind: 'lies' });
  const failure = await failureOf(bmc.bootFromNetworkOnce());
  assert.instance(failure, BmcRefused);
  assert.match(String(failure), 'reads');
});

contract('[SVC-10] shows by its serial number a BMC that answers for another machine', async () => {
  hardware.faults.set('r1-01', { step: 'bmc', kind: 'wrong' });
  assert.is.not(await bmc.serial(), 'NQ-SN-01');
});

contract('[SVC-10] says on in vain when the machine does not start: only its state tells', async () => {
  hardware.faults.set('r1-01', { step: 'power_on', kind: 'dead' });
  await bmc.powerOn();
  assert.is(await bmc.powerState(), 'off');
});

for (const { what, fault } of [
  { what: 'dead', fault: { step: 'bmc', kind: 'dead' } },
  { what: 'slower than our patience', fault: { step: 'bmc', kind: 'slow', delayMs: 1_600 } },
  { what: 'restarting', fault: { step: 'bmc', kind: 'broken' } },
]) {
  contract(`[SVC-10] calls a BMC that is ${what} unreachable, until it is back`, async () => {
    hardware.faults.set('r1-01', { ...fault, times: 1 });
    assert.instance(await failureOf(bmc.powerState()), BmcUnreachable);
    assert.is(await bmc.powerState(), 'off');
  });
}

contract("[SVC-10] refuses one machine's account on another's BMC", async () => {
  const { address } = hardware.access('r1-02');
  assert.instance(await failureOf(connect('r1-01', { address }).powerOn()), BmcRefused);
  assert.is(stageOf('r1-02'), 'off');
});

contract('[SVC-10] refuses an address that is no machine, or no Redfish', async () => {
  for (const path of ['/redfish/v1/Systems/nobody', '/redfish/v1', '/healthz']) {
    const address = hardware.url + path;
    assert.instance(await failureOf(connect('r1-01', { address }).serial()), BmcRefused, path);
  }
  assert.instance(await failureOf(connect('r1-01', { address: 'r1-01.bmc.example' }).serial()), BmcRefused);
});

contract.run();
