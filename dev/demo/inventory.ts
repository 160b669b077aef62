import { randomBytes, randomUUID } from 'node:crypto';
import { Model } from 'objection';
import type { Sealer } from '../../gateways/sealing.js';
import { Prefix } from '../../models/network/prefix.js';
import { SwitchDevice } from '../../models/network/switch-device.js';
import { SwitchPort } from '../../models/network/switch-port.js';
import { Vlan } from '../../models/network/vlan.js';
import { Bmc } from '../../models/servers/bmc.js';
import { Rack } from '../../models/servers/rack.js';
import { Server } from '../../models/servers/server.js';
import { Site } from '../../models/servers/site.js';
import type { MachineList } from '../machines/machine-list.js';
import type { SwitchList } from '../switches/switch-list.js';
import type { SeededProduct } from './catalogue.js';
import { plugNothingIn } from './set-aside.js';

const CUSTOMER_VLANS = [2001, 2002, 2003, 2004, 2005, 2006];
const SHARED_VLAN = 100;
const PORTS = 48;
const SPEED_MBIT = 10_000;

/** What stands in the racks: product, memory, disks, how many. */
const machines = [
  ['quay-s2', '32', '960', 7],
  ['quay-s2', '64', '960', 2],
  ['quay-m4', '64', '960', 4],
  ['quay-m4', '64', '1920', 1],
  ['quay-m4', '128', '960', 3],
  ['quay-m4', '128', '1920', 3],
  ['quay-m4', '192', '960', 1],
  ['quay-m4', '192', '1920', 1],
  ['quay-l8', '256', '1920', 3],
  ['quay-l8', '512', '1920', 1],
  ['quay-storage-12', '64', '18000', 3],
] as const;

export interface SeededInventory {
  readonly machines: MachineList;
  readonly switches: SwitchList;
}

/** One data centre with its racks, switch, addresses and machines; and the lists its pretend hardware is made from. */
export async function seedInventory(
  products: ReadonlyMap<string, SeededProduct>,
  { sealer, ports, since }: { sealer: Sealer; ports: { machines: number; snmp: number }; since: Date },
): Promise<SeededInventory> {
  const site = await Site.query().insertAndFetch({ code: 'LIL2', city: 'Lille' });
  const racks = [await rackAt(site, 'C07'), await rackAt(site, 'C08')];
  await seedNetworks(site);
  const community = randomBytes(12).toString('base64url');
  const device = await SwitchDevice.query().insertAndFetch({
    siteId: site.id,
    name: 'sw-c07-a',
    host: '127.0.0.1',
    port: ports.snmp,
    version: '2c',
    communitySealed: sealer.seal(community),
  });
  const list: MachineList = [];
  for (const [slug, memory, disks, count] of machines) {
    for (let each = 0; each < count; each++) {
      const number = list.length + 1;
      const rack = racks[number % racks.length] as Rack;
      list.push(
        await seedServer(products.get(slug) as SeededProduct, [memory, disks], {
          number,
          rack,
          device,
          sealer,
          ports,
          since,
        }),
      );
    }
  }
  await plugNothingIn(device, list.length + 1, PORTS, SPEED_MBIT);
  const vlans = [SHARED_VLAN, ...CUSTOMER_VLANS];
  return { machines: list, switches: [{ name: device.name, community, vlans, ports: PORTS, speedMbit: SPEED_MBIT }] };
}

/** After another `--port-base`, the same hardware is reached under other ports. */
export async function moveHardware(ports: { machines: number; snmp: number }): Promise<void> {
  for (const { id, label } of await Server.query()) {
    await Bmc.query()
      .where({ serverId: id, driver: 'redfish' })
      .patch({ address: bmcAddress(ports.machines, label) });
  }
  await SwitchDevice.query().patch({ port: ports.snmp });
}

async function rackAt(site: Site, name: string): Promise<Rack> {
  return Rack.query().insertAndFetch({ siteId: site.id, name, units: 42 });
}

/** From the addresses set aside for documentation (RFC 5737, RFC 3849). */
async function seedNetworks({ id: siteId }: Site): Promise<void> {
  const shared = await Vlan.query().insertAndFetch({ siteId, number: SHARED_VLAN, name: 'servers', purpose: 'shared' });
  for (const number of CUSTOMER_VLANS) {
    await Vlan.query().insert({ siteId, number, name: `customer-${number}`, purpose: 'customer' });
  }
  const block = { block: '203.0.113.0/25', purpose: 'shared', vlanId: shared.id, gateway: '203.0.113.1' } as const;
  await Prefix.query().insert({ siteId, ...block });
  await Prefix.query().insert({ siteId, block: '203.0.113.128/25', purpose: 'routed' });
  await Prefix.query().insert({ siteId, block: '2001:db8:4a::/48', purpose: 'ipv6' });
}

interface Place {
  readonly number: number;
  readonly rack: Rack;
  readonly device: SwitchDevice;
  readonly sealer: Sealer;
  readonly ports: { readonly machines: number };
  readonly since: Date;
}

async function seedServer(
  { product, choiceIds }: SeededProduct,
  [memory, disks]: readonly [string, string],
  { number, rack, device, sealer, ports, since }: Place,
): Promise<MachineList[number]> {
  const label = `S-${String(380 + number).padStart(4, '0')}`;
  const serial = `S478231X4A${String(9400 + number).padStart(5, '0')}`;
  const mac = `3c:ec:ef:4a:91:${number.toString(16).padStart(2, '0')}`;
  const port = { switchId: device.id, ifIndex: number, name: `Et1/0/${number}`, speedMbit: SPEED_MBIT };
  const { id: switchPortId } = await SwitchPort.query().insertAndFetch(port);
  const height = product.slug.startsWith('quay-storage') ? 2 : 1;
  const placed = { rackId: rack.id, unit: Math.ceil(number / 2) * 2, height, switchPortId, productId: product.id };
  const row = { label, serial, mac, ...placed, status: 'ready', statusSince: since } as const;
  const server = await Server.query().insertAndFetch(row);
  const access = { username: 'quartermaster', password: randomBytes(12).toString('base64url') };
  await Bmc.query().insert({
    serverId: server.id,
    driver: 'redfish',
    address: bmcAddress(ports.machines, label),
    username: access.username,
    passwordSealed: sealer.seal(access.password),
  });
  for (const key of [`memory/${memory}`, `disks/${disks}`]) {
    await Model.knex()('server_choices').insert({ serverId: server.id, choiceId: choiceIds.get(key) });
  }
  return {
    id: label,
    serial,
    uuid: randomUUID(),
    mac,
    ...access,
    model: product.name,
    switchName: device.name,
    ifIndex: number,
  };
}

function bmcAddress(port: number, label: string): string {
  return `http://127.0.0.1:${port}/redfish/v1/Systems/${label}`;
}
