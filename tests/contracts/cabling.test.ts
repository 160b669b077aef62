import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSwitches } from '../../dev/switches/switches.js';
import type { Bmc } from '../../gateways/bmc/bmc.js';
import { createBmcs } from '../../gateways/bmc/drivers.js';
import { createHttpProbe } from '../../gateways/probe/probe.js';
import { createSnmpSwitches } from '../../gateways/switch/snmp.js';
import type { Switch } from '../../gateways/switch/switch.js';
import { type Hardware, machinePapers, openHardware, until } from '../support/hardware.js';
import { Portal } from '../support/portal.js';

const cabling = suite('a machine at its switch port');
const ifIndex = 7;
const ourVlan = { up: true, vlan: 110, alias: 'web-3' };
let folder: string;
let switches: Awaited<ReturnType<typeof createSwitches>>;
let leaf: Switch;
let portal: Portal;
let hardware: Hardware;
let bmc: Bmc;

cabling.before.each(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabling-'));
  switches = await createSwitches({ switches: [{ name: 'leaf-1', community: 'c', vlans: [110, 120] }], data: folder });
  const port = switches.snmpPorts.get('leaf-1') ?? 0;
  leaf = createSnmpSwitches()({ host: '127.0.0.1', port, version: '2c', community: 'c' });
  portal = await new Portal().open();
  hardware = await openHardware({
    machines: [machinePapers(1, { switchName: 'leaf-1', ifIndex })],
    netbootUrl: portal.url,
    switchesUrl: switches.controlUrl,
    networks: [{ prefix: '203.0.113.0/24', vlan: 110 }],
  });
  bmc = createBmcs()(hardware.access('r1-01'));
});
cabling.after.each(async () => {
  await hardware.discard();
  await portal.close();
  await switches.close();
  await rm(folder, { recursive: true });
});

const isAt = (stage: string) => () => hardware.machine('r1-01')?.state.stage === stage;
const answering = () => createHttpProbe({ proxy: hardware.url }).answers('203.0.113.42');

async function install(): Promise<void> {
  await leaf.configurePort(ifIndex, ourVlan);
  await bmc.bootFromNetworkOnce();
  await bmc.powerOn();
  await until(() => portal.told('booted').length === 1);
}

cabling('[SVC-10] hears nothing from the network while its port is down', async () => {
  await bmc.bootFromNetworkOnce();
  await bmc.powerOn();
  await until(isAt('halted'));
  assert.is(portal.calls.length, 0);
});

cabling('[SVC-10] has a link while it is on', async () => {
  await install();
  assert.is((await leaf.readPort(ifIndex)).link, true);
  await bmc.powerOff();
  await until(async () => !(await leaf.readPort(ifIndex)).link);
});

cabling('[SVC-10] answers only through a port that is up and in the VLAN of its address', async () => {
  await install();
  assert.is((await answering())?.serial, 'NQ-SN-01');
  await leaf.configurePort(ifIndex, { ...ourVlan, vlan: 120 });
  assert.is(await answering(), undefined);
  await leaf.configurePort(ifIndex, { ...ourVlan, up: false });
  assert.is(await answering(), undefined);
  await leaf.configurePort(ifIndex, ourVlan);
  assert.is((await answering())?.serial, 'NQ-SN-01');
});

cabling('[SVC-10] moves the counters of its port while it runs, and those of no other', async () => {
  await install();
  const port = (number: number) => switches.device('leaf-1')?.port(number);
  await until(() => BigInt(port(ifIndex)?.inOctets ?? 0) > 0n);
  const before = BigInt(port(ifIndex)?.outOctets ?? 0);
  await until(() => BigInt(port(ifIndex)?.outOctets ?? 0) > before);
  assert.is(port(ifIndex + 1)?.inOctets, '0');
});

cabling('[SVC-10] is reached as before when nobody pretends to be the switch any more', async () => {
  await install();
  await switches.close();
  assert.is((await answering())?.serial, 'NQ-SN-01');
  switches = await createSwitches({ switches: [{ name: 'leaf-1', community: 'c', vlans: [110, 120] }], data: folder });
});

cabling.run();
