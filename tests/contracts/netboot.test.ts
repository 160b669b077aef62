import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Bmc } from '../../gateways/bmc/bmc.js';
import { createBmcs } from '../../gateways/bmc/drivers.js';
import { createHttpProbe } from '../../gateways/probe/probe.js';
import { type Hardware, openHardware, until } from '../support/hardware.js';
import { Portal } from '../support/portal.js';

const netbooting = suite('a machine booted from the network');
let portal: Portal;
let hardware: Hardware;
let bmc: Bmc;

const state = () => {
  const machine = hardware.machine('r1-01');
  if (!machine) throw new Error('no machine');
  return machine.state;
};
const isAt = (stage: string) => () => state().stage === stage;
const answering = (address = '203.0.113.42') =>
  createHttpProbe({ proxy: hardware.url, timeoutMs: 2_000 }).answers(address);

netbooting.before.each(async () => {
  portal = await new Portal().open();
  await start();
});
netbooting.after.each(async () => {
  await hardware.discard();
  await portal.close();
});

async function start(data?: string): Promise<void> {
  hardware = await openHardware({ netbootUrl: portal.url, data });
  bmc = createBmcs()(hardware.access('r1-01'));
}

async function bootFromNetwork(): Promise<void> {
  await bmc.bootFromNetworkOnce();
  await bmc.powerOn();
}

netbooting('[SVC-10] is installed, boots from its disk and answers', async () => {
  assert.is(await answering(), undefined);
  await bootFromNetwork();
  await until(() => portal.told('booted').length === 1);
  assert.equal(await answering(), { serial: 'NQ-SN-01', hostname: 'web-3.example.org' });
  assert.equal(await answering('2001:db8:42::2'), { serial: 'NQ-SN-01', hostname: 'web-3.example.org' });
  assert.is(await answering('203.0.113.43'), undefined);

  const [asked] = portal.calls;
  assert.equal(asked?.path, '/netboot/boot.ipxe');
  assert.equal(asked?.body, { mac: '52:54:00:aa:bb:01', serial: 'NQ-SN-01', uuid: hardware.known('r1-01').uuid });
  const order = portal.calls.map(({ path }) => path.split('/').at(-1)).filter((path) => path !== 'progress');
  assert.equal(order, ['boot.ipxe', 'kernel', 'initrd', 'answers', 'started', 'installed', 'booted']);
  assert.equal(portal.told('started'), [{ serial: 'NQ-SN-01', mac: '52:54:00:aa:bb:01' }]);
  const percents = portal.told('progress').map((told) => (told as { percent: number }).percent);
  assert.equal(percents, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
});

netbooting('[SVC-10] without an order boots its disk, and halts when that is empty', async () => {
  portal.orders = false;
  await bootFromNetwork();
  await until(isAt('halted'));
  assert.is(state().console, 'No bootable device');
  assert.is(await bmc.powerState(), 'on');
});

netbooting('[SVC-10] is not installed again when it is started again', async () => {
  await bootFromNetwork();
  await until(() => portal.told('booted').length === 1);
  await bmc.powerOff();
  await until(isAt('off'));
  assert.is(await answering(), undefined);
  await bmc.powerOn();
  await until(isAt('running'));
  assert.is(portal.told('started').length, 1);
  assert.is(portal.told('booted').length, 1);
});

netbooting('[SVC-10] goes on with its installation when all of the hardware is started anew', async () => {
  await bootFromNetwork();
  await until(() => portal.told('progress').length >= 3);
  await hardware.close();
  await start(hardware.data);
  await until(() => portal.told('booted').length === 1);
  assert.is(portal.told('started').length, 1);
  assert.is((await answering())?.serial, 'NQ-SN-01');
});

netbooting('[SVC-10] waits for a shop that is away for a while', async () => {
  portal.failing.set('/installations/installed', 503);
  await bootFromNetwork();
  await until(() => portal.told('installed').length >= 3);
  portal.failing.clear();
  await until(() => portal.told('booted').length === 1);
});

netbooting('[SVC-10] once booted keeps saying so, however long nobody hears it', async () => {
  portal.failing.set('/installations/booted', 503);
  await bootFromNetwork();
  await until(() => portal.told('booted').length > 125, 20_000);
  assert.is((await answering())?.serial, 'NQ-SN-01');
  portal.failing.clear();
  await until(() => state().disk?.tell === undefined);
});

netbooting('[SVC-10] stops where its token is refused', async () => {
  portal.failing.set('/installations/answers', 401);
  await bootFromNetwork();
  await until(isAt('halted'));
  assert.is(portal.told('started').length, 0);
});

netbooting('[SVC-10] a power cut in the middle leaves nothing that boots', async () => {
  await bootFromNetwork();
  await until(() => portal.told('progress').length >= 3);
  await bmc.powerOff();
  await until(isAt('off'));
  await bmc.powerOn();
  await until(isAt('halted'));
  assert.is(portal.told('installed').length, 0);
});

for (const { step, kind, ends, seen } of [
  { step: 'netboot', kind: 'dead', ends: 'halted', seen: [] },
  { step: 'netboot', kind: 'silent', ends: 'halted', seen: [] },
  { step: 'fetch', kind: 'dead', ends: 'halted', seen: [] },
  { step: 'answers', kind: 'wrong', ends: 'halted', seen: [] },
  { step: 'started', kind: 'dead', ends: 'halted', seen: [] },
  { step: 'install', kind: 'dead', ends: 'halted', seen: ['started'] },
  { step: 'install', kind: 'off', ends: 'off', seen: ['started'] },
  { step: 'installed', kind: 'dead', ends: 'halted', seen: ['started'] },
  { step: 'installed', kind: 'silent', ends: 'running', seen: ['started', 'booted'] },
  { step: 'disk_boot', kind: 'dead', ends: 'halted', seen: ['started', 'installed'] },
  { step: 'booted', kind: 'silent', ends: 'running', seen: ['started', 'installed'] },
  { step: 'started', kind: 'twice', ends: 'running', seen: ['started', 'started', 'installed', 'booted'] },
]) {
  netbooting(`[SVC-10] told to be ${kind} at ${step} ends ${ends}`, async () => {
    hardware.faults.set('r1-01', { step, kind });
    await bootFromNetwork();
    await until(() => isAt(ends)() && state().log.some(({ message }) => message.includes('On')));
    if (ends === 'running') await until(() => state().disk?.tell === undefined);
    const told = portal.calls.map(({ path }) => path.split('/').at(-1) ?? '');
    assert.equal(
      told.filter((path) => ['started', 'installed', 'booted'].includes(path)),
      seen,
    );
  });
}

netbooting('[SVC-10] told to be wrong reports with the papers of another machine', async () => {
  hardware.faults.set('r1-01', { step: 'started', kind: 'wrong' });
  await bootFromNetwork();
  await until(() => portal.told('started').length === 1);
  assert.equal(portal.told('started'), [{ serial: 'OTHER-NQ-SN-01', mac: '52:54:00:aa:bb:01' }]);
});

netbooting('[SVC-10] told not to answer is silent, though it runs', async () => {
  await bootFromNetwork();
  await until(() => portal.told('booted').length === 1);
  hardware.faults.set('r1-01', { step: 'answer', kind: 'silent', times: 1 });
  assert.is(await answering(), undefined);
  hardware.faults.set('r1-01', { step: 'answer', kind: 'wrong', times: 1 });
  assert.is((await answering())?.serial, 'OTHER-NQ-SN-01');
  assert.is((await answering())?.serial, 'NQ-SN-01');
});

netbooting.run();
