import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Bmc, type BmcAccess, BmcRefused, BmcUnreachable } from '../../gateways/bmc/bmc.js';
import { createBmcs } from '../../gateways/bmc/drivers.js';
import { failureOf } from '../support/failure.js';
import { type Hardware, openHardware, until } from '../support/hardware.js';

const contract = suite('BMC contract, Redfish');
let hardware: Hardware;
let bmc: Bmc;

const connect = (id = 'r1-01', differing: Partial<BmcAccess> = {}) =>
  createBmcs({ timeoutMs: 800 })(hardware.access(id, differing));
const bootOf = (id = 'r1-01') => hardware.machine(id)?.state.boot;
const startsOf = (id = 'r1-01') => hardware.machine(id)?.state.starts ?? 0;
/** On and off as its event log has them, the ways there left out. */
const powerOf = () =>
  hardware.machine('r1-01')?.state.log.flatMap(({ message }) => /^Power state: (On|Off)$/.exec(message)?.[1] ?? []);
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

contract('[SVC-10] switches a machine on, and off again', async () => {
  assert.is(await bmc.powerState(), 'off');
  await bmc.powerOn();
  await until(async () => (await bmc.powerState()) === 'on');
  await bmc.powerOff();
  await until(async () => (await bmc.powerState()) === 'off');
});

contract('[SVC-10] switching on what is on, or is coming on, is success and disturbs nothing', async () => {
  await bmc.powerOn();
  await bmc.powerOn();
  await until(() => stageOf() === 'halted');
  const entries = hardware.machine('r1-01')?.state.log.length;
  await bmc.powerOn();
  assert.is(hardware.machine('r1-01')?.state.log.length, entries);
});

contract('[SVC-10] switching off what is off is success', async () => {
  await bmc.powerOff();
  assert.is(await bmc.powerState(), 'off');
});

contract('[SVC-10] cycles the power of a machine: off for a moment, then on by itself', async () => {
  await bmc.powerOn();
  await until(() => startsOf() === 1);
  await bmc.powerCycle();
  await until(async () => startsOf() === 2 && (await bmc.powerState()) === 'on');
  assert.equal(powerOf(), ['On', 'Off', 'On']);
});

contract('[SVC-10] resets a machine without taking its power', async () => {
  await bmc.powerOn();
  await until(() => startsOf() === 1);
  await bmc.reset();
  await until(() => startsOf() === 2);
  assert.equal(powerOf(), ['On']);
});

contract('[SVC-10] restarts nothing that is off', async () => {
  assert.instance(await failureOf(bmc.powerCycle()), BmcRefused);
  assert.instance(await failureOf(bmc.reset()), BmcRefused);
  assert.is(stageOf(), 'off');
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

contract('[SVC-10] takes a network boot back', async () => {
  await bmc.bootFromNetworkOnce();
  await bmc.bootFromDisk();
  await bmc.bootFromDisk();
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

contract('[SVC-10] calls a closed port unreachable', async () => {
  const address = 'http://127.0.0.1:9/redfish/v1/Systems/r1-01';
  assert.instance(await failureOf(connect('r1-01', { address }).powerOn()), BmcUnreachable);
});

contract('[SVC-10] refuses wrong credentials without saying them', async () => {
  const failure = await failureOf(connect('r1-01', { password: 'not this one' }).powerState());
  assert.instance(failure, BmcRefused);
  assert.not.match(String(failure), 'not this one');
});

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

contract('[SVC-10] says of IPMI that it has no driver', () => {
  const access = hardware.access('r1-01', { driver: 'ipmi', address: '127.0.0.1:623' });
  assert.throws(
    () => createBmcs()(access),
    (error: unknown) => error instanceof BmcRefused && /IPMI/.test(String(error)),
  );
});

contract.run();
