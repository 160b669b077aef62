import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { cacheFolder } from '../../dev/launcher/cache.js';
import { createCable } from '../../dev/machines/cable.js';
import { machineList } from '../../dev/machines/machine-list.js';
import { signInOnConsole } from '../../dev/metal/console.js';
import { imagesIn } from '../../dev/metal/images.js';
import { type Metal, startMetal } from '../../dev/metal/metal.js';
import { missingForMetal } from '../../dev/metal/packages.mjs';
import { CIPHER_SUITE } from '../../dev/metal/service-processor.js';
import { type Bmc, type BmcAccess, BmcRefused } from '../../gateways/bmc/bmc.js';
import { createBmcs } from '../../gateways/bmc/drivers.js';
import { createHttpProbe } from '../../gateways/probe/probe.js';
import { drawRootSecret } from '../../gateways/root-passwords.js';
import { failureOf } from '../support/failure.js';
import { type Hardware, machinePapers, openHardware, until } from '../support/hardware.js';
import { Portal } from '../support/portal.js';
import { freeTcpPort, freeUdpPort } from '../support/ports.js';
import { suiteUnless } from '../support/skipping.js';

/** A machine that is none of ours to pretend: firmware, iPXE, kernel, disk; under emulation, so it takes its time. */
const metal = suiteUnless(missingForMetal(), '[SVC-10] a machine in QEMU');
const BUILT_WITHIN_MS = 60_000;
const INSTALLED_WITHIN_MS = 300_000;
const ANSWERS_WITHIN_MS = 150_000;
let folder: string;
let portal: Portal;
let hardware: Hardware;
let machine: Metal;
let bmc: Bmc;
let access: BmcAccess;
const { password, cryptHash } = drawRootSecret();

metal.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metal-'));
  portal = await new Portal().open();
  portal.seenAs = portal.url.replace('127.0.0.1', '10.0.2.2');
  portal.answers = { ...portal.answers, rootPasswordHash: cryptHash };
  await start();
  await until(() => machine.state().images !== 'building', BUILT_WITHIN_MS);
  assert.is(machine.state().images, 'ready');
  portal.images = imagesIn(await cacheFolder('metal')).folder;
});
metal.after(async () => {
  await stop();
  await portal.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  const [papers] = machineList.parse([machinePapers(1, { password: 'BMC-password-01' })]);
  if (!papers) throw new Error('no papers');
  const [bmcPort, consolePort] = [await freeUdpPort(), await freeTcpPort()];
  mkdirSync(join(folder, 'images'), { recursive: true });
  machine = await startMetal({
    papers,
    folder: join(folder, 'm'),
    bmcPort,
    consolePort,
    netbootUrl: portal.seenAs ?? '',
    images: join(folder, 'images'),
    cache: await cacheFolder('metal'),
    cable: createCable(undefined),
  });
  hardware = await openHardware({ metal: machine });
  const { username, password } = papers;
  access = { driver: 'ipmi', address: `127.0.0.1:${bmcPort}`, username, password, cipherSuite: CIPHER_SUITE };
  bmc = createBmcs()(access);
  await until(async () => (await bmc.powerState().catch(() => undefined)) !== undefined);
}

async function stop(): Promise<void> {
  await hardware.discard();
  await machine.close();
}

const greetingOf = (address: string) => createHttpProbe({ proxy: hardware.url, timeoutMs: 6_000 }).answers(address);

metal(
  'is installed over the network onto an empty disk, even if cut short in between, and answers under its address',
  async () => {
    assert.is(await bmc.serial(), 'NQ-SN-01');
    await bmc.bootFromNetworkOnce();
    await bmc.powerOn();
    portal.failing.set('/installations/answers', 503);
    await until(() => portal.calls.some(({ path }) => path === '/installations/answers'), INSTALLED_WITHIN_MS);
    portal.failing.clear();
    await until(() => portal.told('progress').length === 2, INSTALLED_WITHIN_MS);
    await stop(); // in the middle
    await start();
    await until(() => portal.told('booted').length === 1, INSTALLED_WITHIN_MS);
    const [asked] = portal.calls;
    assert.is(asked?.path, '/netboot/boot.ipxe');
    const { uuid, ...papers } = (asked?.body ?? {}) as Record<string, string>;
    assert.ok(uuid);
    assert.equal(papers, { mac: '52:54:00:aa:bb:01', serial: 'NQ-SN-01' });
    const papersOnce = { serial: 'NQ-SN-01', mac: '52:54:00:aa:bb:01' };
    assert.equal(portal.told('started'), [papersOnce, papersOnce]);
    const reports = portal.calls.map(({ path }) => path.split('/').at(-1)).filter((path) => path !== 'progress');
    assert.equal([...new Set(reports)], ['boot.ipxe', 'kernel', 'initrd', 'answers', 'started', 'installed', 'booted']);
    await until(async () => (await greetingOf('203.0.113.42')) !== undefined, ANSWERS_WITHIN_MS);
    assert.equal(await greetingOf('203.0.113.42'), { serial: 'NQ-SN-01', hostname: 'web-3.example.org' });
    assert.is(await greetingOf('203.0.113.43'), undefined);
  },
);

metal('lets root in with the password whose hash it was given', async () => {
  await signInOnConsole(access, 'web-3.example.org', password);
});

metal('is found as it was when its room is closed and opened again', async () => {
  await stop();
  await start();
  assert.is(await bmc.powerState(), 'on');
  await until(async () => (await greetingOf('203.0.113.42')) !== undefined, ANSWERS_WITHIN_MS);
  assert.is(portal.told('started').length, 2);
  await bmc.powerOff();
  await until(async () => (await bmc.powerState()) === 'off');
  assert.instance(await failureOf(bmc.reset()), BmcRefused);
});

metal('goes off before it touches its disk, when its installation was abandoned', async () => {
  const [told, starts] = [portal.told('progress').length, portal.told('started').length];
  portal.failing.set('/installations/started', 410);
  await bmc.bootFromNetworkOnce();
  await bmc.powerOn();
  await until(() => portal.told('started').length > starts, INSTALLED_WITHIN_MS);
  await until(async () => (await bmc.powerState()) === 'off', ANSWERS_WITHIN_MS);
  assert.is(portal.told('progress').length, told);
});

metal.run();
