import { Model } from 'objection';
import { Product } from '../../models/catalogue/product.js';
import { ProductCategory } from '../../models/catalogue/product-category.js';
import { AddressAssignment } from '../../models/network/address-assignment.js';
import { Prefix } from '../../models/network/prefix.js';
import { SwitchDevice } from '../../models/network/switch-device.js';
import { SwitchPort } from '../../models/network/switch-port.js';
import { Vlan } from '../../models/network/vlan.js';
import { Bmc } from '../../models/servers/bmc.js';
import { Rack } from '../../models/servers/rack.js';
import { Server } from '../../models/servers/server.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import { Site } from '../../models/servers/site.js';
import type { Service } from '../../models/services/service.js';
import { absentHardware } from './absent-hardware.js';

export interface Place {
  readonly site: Site;
  readonly rack: Rack;
  readonly switch: SwitchDevice;
  /** VLAN 100, 198.18.0.0/16 with its gateway. */
  readonly shared: Prefix;
}

const texts = (text: string) => ({ en: text, fr: text, uk: text });
let made = 0;

/** The one site of a test's shop: a rack, a switch, a VLAN, and addresses set aside for tests (RFC 2544, RFC 3849). */
export async function thePlace(): Promise<Place> {
  const known = await Site.query().first();
  const site = known ?? (await Site.query().insertAndFetch({ code: 'LIL2', city: 'Lille' }));
  if (!known) await furnish(site);
  const rack = await Rack.query().findOne({ siteId: site.id }).throwIfNotFound();
  const device = await SwitchDevice.query().findOne({ siteId: site.id }).throwIfNotFound();
  const shared = await Prefix.query().findOne({ siteId: site.id, purpose: 'shared' }).throwIfNotFound();
  return { site, rack, switch: device, shared };
}

async function furnish({ id: siteId }: Site): Promise<void> {
  await Rack.query().insert({ siteId, name: 'C07', units: 42 });
  const address = { host: '127.0.0.1', port: 161, version: '2c' } as const;
  await SwitchDevice.query().insert({ siteId, name: 'sw-c07-a', ...address, communitySealed: Buffer.from('public') });
  const vlan = await Vlan.query().insertAndFetch({ siteId, number: 100, name: 'servers', purpose: 'shared' });
  await Vlan.query().insert({ siteId, number: 2001, name: 'customer-1', purpose: 'customer' });
  const shared = { block: '198.18.0.0/16', purpose: 'shared', vlanId: vlan.id, gateway: '198.18.0.1' } as const;
  await Prefix.query().insert({ siteId, ...shared });
  await Prefix.query().insert({ siteId, block: '198.19.0.0/16', purpose: 'routed' });
  await Prefix.query().insert({ siteId, block: '2001:db8:4a::/48', purpose: 'ipv6' });
}

/** A listed product without options, in the one category. */
export async function aProduct(differing: Partial<Product> = {}): Promise<Product> {
  const category =
    (await ProductCategory.query().first()) ??
    (await ProductCategory.query().insertAndFetch({ slug: 'servers', name: texts('Servers'), position: 1 }));
  const name = `Quay ${++made}`;
  const wording = { purpose: texts('Tests'), description: texts('A machine for tests'), facts: [] };
  const usual = { categoryId: category.id, slug: `quay-${made}`, name, position: made, ...wording };
  return Product.query().insertAndFetch({ ...usual, ...differing });
}

/** A machine in the rack with its own port and Redfish BMC, ready to be leased. */
export async function aServer(differing: Partial<Server> = {}, choiceIds: readonly string[] = []): Promise<Server> {
  const { rack, switch: device } = await thePlace();
  const productId = differing.productId ?? (await aProduct({ listed: false })).id;
  const number = ++made;
  const port = { switchId: device.id, ifIndex: number, name: `ge-0/0/${number}`, speedMbit: 1000 };
  const { id: switchPortId } = await SwitchPort.query().insertAndFetch(port);
  const mac = `02:00:00:00:${hex(number >> 8)}:${hex(number & 255)}`;
  const named = { label: `S-${String(number).padStart(4, '0')}`, serial: `SERIAL${number}`, mac };
  const placed = { rackId: rack.id, unit: number, switchPortId, productId };
  const state = { status: 'ready', statusSince: new Date('2026-01-01') } as const;
  const server = await Server.query().insertAndFetch({ ...named, ...placed, ...state, ...differing });
  const address = `http://127.0.0.1:1/redfish/v1/Systems/${named.label}`;
  const access = {
    driver: 'redfish',
    address,
    username: 'admin',
    passwordSealed: absentHardware.sealer.seal('secret'),
  } as const;
  await Bmc.query().insert({ serverId: server.id, ...access });
  for (const choiceId of choiceIds) await Model.knex()('server_choices').insert({ serverId: server.id, choiceId });
  return server;
}

/** The machine is the service's, without end. */
export async function inServiceOf(service: Service, server: Server, since: Date): Promise<void> {
  const during = ServerLease.raw('tstzrange(?, NULL)', [since]) as unknown as string;
  await ServerLease.query().insert({ serverId: server.id, serviceId: service.id, during });
}

export async function anAddressOf(service: Service, server: Server, since: Date): Promise<void> {
  const { siteId } = await Rack.query().findById(server.rackId).throwIfNotFound();
  const wanted = { serviceId: service.id, siteId, purpose: 'shared', length: 32 } as const;
  await AddressAssignment.transaction((trx) => AddressAssignment.take(wanted, since, trx));
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
