import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSealer } from '../../gateways/sealing.js';
import { Brand } from '../../models/accounts/brand.js';
import { AddressAssignment } from '../../models/network/address-assignment.js';
import { PortAssignment } from '../../models/network/port-assignment.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import { Service } from '../../models/services/service.js';
import { dayAt } from '../../rules/calendar.js';
import type { MachineList } from '../machines/machine-list.js';
import { seedCatalogue } from './catalogue.js';
import { live } from './deeds.js';
import { type PastOrder, pastOrder } from './history.js';
import { moveHardware, type SeededInventory, seedInventory } from './inventory.js';
import { demoSignIns, seedPeople } from './people.js';
import { givePowerHistory } from './power.js';
import { setAside } from './set-aside.js';

interface SeedOptions {
  readonly passwords: { readonly customer: string; readonly staff: string };
  /** What every staff member's telephone counts by. */
  readonly secondFactor: string;
  /** The application's key, in base64: seals the hardware's passwords and the staff's second factors. */
  readonly secretsKey: string;
  readonly now: Date;
  /** Gets the lists that the pretend machines and switches are made from. */
  readonly dataDir: string;
  readonly ports: { readonly web: number; readonly machines: number; readonly snmp: number };
}

const CATALOGUE_AGE_DAYS = 400;

/** Northquay as the drawn pages show it, laid out once; afterwards only the hardware's ports may have moved. */
export async function seedDemoShop(options: SeedOptions) {
  const { passwords, secondFactor, ports } = options;
  if (await Brand.query().first()) await moveHardware(ports);
  else await layOut(options);
  return { signIns: demoSignIns({ passwords, secondFactor }, `http://127.0.0.1:${ports.web}`) };
}

async function layOut({ passwords, secondFactor, secretsKey, now, dataDir, ports }: SeedOptions): Promise<void> {
  const sealer = createSealer(Buffer.from(secretsKey, 'base64'));
  const people = await seedPeople(passwords, { sealedSecret: sealer.seal(secondFactor), since: now });
  const since = new Date(now.getTime() - CATALOGUE_AGE_DAYS * 86_400_000);
  const products = await seedCatalogue(dayAt(since, 'Europe/Paris'));
  const hardware = await seedInventory(products, { sealer, ports, since });

  const { jura, karpaty, zonnebloem, fjordlys } = people.customers;
  const of = (slug: string) => {
    const product = products.get(slug);
    if (!product) throw new RangeError(`the catalogue has no ${slug}`);
    return product;
  };
  const user = people.elodie;
  const orders: readonly Omit<PastOrder, 'user'>[] = [
    {
      customer: jura,
      product: of('quay-m4'),
      chosen: { addresses: '29' },
      hostName: 'web-3.haut-jura.example',
      daysAgo: 380,
    },
    { customer: jura, product: of('quay-l8'), chosen: {}, hostName: 'db-1.haut-jura.example', daysAgo: 95, unpaid: 1 },
    {
      customer: jura,
      product: of('quay-s2'),
      chosen: { memory: '64' },
      hostName: 'archive-1.haut-jura.example',
      displayName: 'Резервне сховище для бухгалтерії та архіву документів',
      daysAgo: 205,
    },
    {
      customer: karpaty,
      product: of('quay-m4'),
      chosen: { memory: '128' },
      hostName: 'portal-1.karpaty.example',
      daysAgo: 47,
    },
    {
      customer: zonnebloem,
      product: of('quay-s2'),
      chosen: {},
      hostName: 'shop.zonnebloem.example',
      daysAgo: 63,
      unpaid: 1,
    },
    { customer: fjordlys, product: of('quay-storage-12'), chosen: {}, hostName: 'media.fjordlys.example', daysAgo: 33 },
  ];
  await live(orders.map((order) => pastOrder({ user, ...order }, people, now)));
  await givePowerHistory(people, now);
  await setAside(now);
  await writeHardware(hardware, dataDir);
}

/** The machines of the past are running, and their ports are up. */
async function writeHardware({ machines, switches }: SeededInventory, dataDir: string): Promise<void> {
  const preset = [];
  const running = new Map<string, NonNullable<MachineList[number]['running']>>();
  for (const service of await Service.query().where({ status: 'active' })) {
    const lease = await ServerLease.query()
      .findOne({ serviceId: service.id })
      .withGraphFetched('server')
      .throwIfNotFound();
    const held = await AddressAssignment.query().modify('heldBy', service.id);
    const port = await PortAssignment.query()
      .modify('heldBy', service.id)
      .first()
      .withGraphFetched('[switchPort, vlan]');
    const addresses = held.map(({ block }) => ({ address: block }));
    running.set(lease.server.label, { system: 'debian-13', hostname: service.hostName, addresses });
    if (port) preset.push({ ifIndex: port.switchPort.ifIndex, up: true, vlan: port.vlan.number, alias: service.slug });
  }
  const list = machines.map((machine) => ({ ...machine, running: running.get(machine.id) }));
  const [first, ...others] = switches;
  await write(join(dataDir, 'machines.json'), list);
  await write(join(dataDir, 'switches.json'), [{ ...first, preset }, ...others]);
}

async function write(path: string, content: object): Promise<void> {
  await writeFile(path, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
}
