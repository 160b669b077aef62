import { Model } from 'objection';
import { Product } from '../catalogue/product.js';
import { Rack } from './rack.js';

export interface FreePort {
  readonly id: string;
  readonly siteId: string;
  readonly switch: string;
  readonly name: string;
}

const PORTS_OFFERED = 1_000;

/** Where a machine may be put, and what it may be plugged into: all racks, and ports that no machine has. */
export async function serverPlaces(ownPortId?: string): Promise<{ racks: Rack[]; ports: FreePort[] }> {
  const knex = Model.knex();
  const ports = knex.raw(
    `(SELECT o.id, w.site_id, w.name AS switch, o.name, o.if_index FROM switch_ports o JOIN switches w ON w.id = o.switch_id
      WHERE o.id = ? OR NOT EXISTS (SELECT FROM servers s WHERE s.switch_port_id = o.id)) AS ports`,
    [ownPortId ?? null],
  );
  const [racks, free] = await Promise.all([
    Rack.query().withGraphJoined('site').orderBy(['site.code', 'racks.name']),
    knex.select<FreePort[]>('*').from(ports).orderBy(['switch', 'if_index']).limit(PORTS_OFFERED),
  ]);
  return { racks, ports: free };
}

/** Products, listed or not, in their order. */
export function productsToBuild(): Promise<Product[]> {
  return Product.query().orderBy('position').execute();
}

/** A product with the options that are built into its machines. */
export function productToBuild(slug: string): Promise<Product | undefined> {
  return Product.query()
    .findOne({ slug: /^[a-z0-9-]{1,100}$/.test(slug) ? slug : '' }) // typed by anybody: a null byte is no text here
    .withGraphFetched('options(physical).choices')
    .modifiers({ physical: (query) => query.where({ isPhysical: true }).orderBy('position') })
    .execute();
}
