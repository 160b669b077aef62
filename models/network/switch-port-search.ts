import { Model } from 'objection';
import { likePart } from '../text-search.js';

export const portFilters = ['all', 'used', 'free', 'down'] as const;

export interface PortsWanted {
  /** A part of a switch, port, alias, machine, customer or service; or a VLAN's number. */
  readonly query: string;
  /** `down`: switched on, and without a link. */
  readonly filter: (typeof portFilters)[number];
  /** Nothing: of all switches. */
  readonly switch: string | undefined;
  readonly direction: 'asc' | 'desc';
  readonly now: Date;
}

export interface PortRow {
  readonly id: string;
  readonly switch: string;
  readonly name: string;
  readonly ifIndex: number;
  readonly speedMbit: number;
  /** As the device told when it was last read; nothing while nobody has read it. */
  readonly up: boolean | null;
  readonly link: boolean | null;
  readonly alias: string | null;
  readonly readAt: Date | null;
  readonly vlan: number | null;
  readonly server: string | null;
  readonly service: string | null;
  readonly customer: string | null;
  readonly number: string | null;
}

const tables = `switch_ports o JOIN switches w ON w.id = o.switch_id LEFT JOIN port_readings r ON r.switch_port_id = o.id
  LEFT JOIN servers s ON s.switch_port_id = o.id
  LEFT JOIN port_assignments a ON a.switch_port_id = o.id AND a.during @> CAST(:now AS timestamptz)
  LEFT JOIN vlans n ON n.id = a.vlan_id LEFT JOIN services v ON v.id = a.service_id
  LEFT JOIN customers k ON k.id = v.customer_id`;

const filters = {
  all: 'true',
  used: 's.id IS NOT NULL',
  free: 's.id IS NULL',
  down: 'r.up AND NOT r.link',
} as const;

export async function portsFound(
  wanted: PortsWanted,
  { offset, limit }: { offset: number; limit: number },
): Promise<PortRow[]> {
  const knex = Model.knex();
  const { sql, values } = matching(wanted);
  const way = wanted.direction === 'desc' ? 'DESC' : 'ASC';
  const found = knex.raw(
    `(SELECT o.id, w.name AS switch, o.name, o.if_index, o.speed_mbit, r.up, r.link, r.alias, r.read_at, n.number AS vlan,
             s.label AS server, v.slug AS service, k.name AS customer, k.number
      FROM ${tables} WHERE ${sql} AND ${filters[wanted.filter]} ORDER BY w.name ${way}, o.if_index ${way}
      OFFSET :offset LIMIT :limit) AS found`,
    { ...values, offset, limit },
  );
  return knex.select<PortRow[]>('*').from(found);
}

/** How many each filter shows of what else is asked for. */
export async function countPorts(wanted: PortsWanted): Promise<Record<(typeof portFilters)[number], number>> {
  const knex = Model.knex();
  const { sql, values } = matching(wanted);
  const counts = Object.entries(filters).map(([name, filter]) => `count(*) FILTER (WHERE ${filter}) AS "${name}"`);
  const counted = knex.raw(`(SELECT ${counts.join(', ')} FROM ${tables} WHERE ${sql}) AS counted`, values);
  const [row] = await knex.select<Record<(typeof portFilters)[number], number>[]>('*').from(counted);
  return row ?? { all: 0, used: 0, free: 0, down: 0 };
}

function matching({ query, switch: name, now }: PortsWanted) {
  const words = `(concat_ws(' ', w.name, o.name, r.alias, s.label, v.slug, k.name, k.number) ILIKE :like
    OR CAST(n.number AS text) = :query)`;
  const conditions = [...(name ? ['w.name = :name'] : []), ...(query ? [words] : [])];
  const values = { query, like: likePart(query), name: name ?? '', now };
  return { sql: conditions.join(' AND ') || 'true', values };
}
