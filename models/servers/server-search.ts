import { Model } from 'objection';
import { blockOf } from '../../rules/network/blocks.js';
import { readMac } from '../../rules/servers/mac-address.js';
import { type ServerGroup, type ServerStatus, serverGroups } from '../../rules/servers/server-status.js';
import { likePart } from '../text-search.js';
import type { ServerCounts, ServerRow } from './server-row.js';

export const serverSorts = ['label', 'product', 'place', 'since'] as const;

export interface ServersWanted {
  /** A part of a label, serial number, MAC, place or customer; or an address that it, or who runs on it, has. */
  readonly query: string;
  readonly group: ServerGroup | undefined;
  readonly site: string | undefined;
  readonly product: string | undefined;
  readonly sort: (typeof serverSorts)[number];
  readonly direction: 'asc' | 'desc';
  readonly now: Date;
}

const tables = `servers s JOIN products p ON p.id = s.product_id JOIN racks r ON r.id = s.rack_id
  JOIN sites t ON t.id = r.site_id JOIN switch_ports o ON o.id = s.switch_port_id JOIN switches w ON w.id = o.switch_id
  LEFT JOIN bmcs b ON b.server_id = s.id`;

const sortedBy = {
  label: 's.label :way:',
  product: 'p.name :way:, s.label :way:',
  place: 't.code :way:, r.name :way:, s.unit :way:',
  since: 's.status_since :way:, s.label :way:',
} as const;

/** Machines as a list asks for them, in one statement. */
export async function serversFound(
  wanted: ServersWanted,
  { offset, limit }: { offset: number; limit: number },
): Promise<ServerRow[]> {
  const knex = Model.knex();
  const { sql, values } = matching(wanted);
  const group = wanted.group ? ' AND s.status = ANY(:statuses)' : '';
  const order = sortedBy[wanted.sort].replaceAll(':way:', wanted.direction === 'desc' ? 'DESC' : 'ASC');
  const rows = knex.raw(
    `(SELECT s.label, s.serial, s.mac::text, s.status, s.status_reason, s.status_since, s.unit, p.name AS product,
             (SELECT coalesce(json_agg(c.name ORDER BY n.position), '[]') FROM server_choices h
                JOIN option_choices c ON c.id = h.choice_id JOIN product_options n ON n.id = c.option_id
                WHERE h.server_id = s.id) AS built,
             r.name AS rack, t.code AS site, t.city, w.name AS switch, o.name AS port, b.driver, b.address AS bmc,
             (SELECT json_build_object('service', v.slug, 'customer', k.name, 'number', k.number)
                FROM server_leases l JOIN services v ON v.id = l.service_id JOIN customers k ON k.id = v.customer_id
                WHERE l.server_id = s.id AND l.during @> CAST(:now AS timestamptz)) AS holder
      FROM ${tables} WHERE ${sql}${group} ORDER BY ${order} OFFSET :offset LIMIT :limit) AS found`,
    { ...values, statuses: wanted.group ? [...serverGroups[wanted.group]] : [], offset, limit },
  );
  return knex.select<ServerRow[]>('*').from(rows);
}

/** How many each group has of what else is asked for. */
export async function countServers(wanted: ServersWanted): Promise<ServerCounts> {
  const knex = Model.knex();
  const { sql, values } = matching(wanted);
  const counted = knex.raw(
    `(SELECT s.status, count(*) AS machines FROM ${tables} WHERE ${sql} GROUP BY s.status) AS c`,
    {
      ...values,
    },
  );
  const rows = await knex.select<{ status: ServerStatus; machines: number }[]>('*').from(counted);
  const of = (statuses: readonly ServerStatus[]) =>
    rows.filter(({ status }) => statuses.includes(status)).reduce((sum, { machines }) => sum + machines, 0);
  const groups = Object.entries(serverGroups).map(([group, statuses]) => [group, of(statuses)]);
  return { ...Object.fromEntries(groups), all: of(rows.map(({ status }) => status)) };
}

/** Sites and products that a list may be narrowed to. */
export async function serverKinds(): Promise<{ sites: string[]; products: { slug: string; name: string }[] }> {
  const knex = Model.knex();
  const kinds = knex.raw(`(SELECT (SELECT coalesce(json_agg(code ORDER BY code), '[]') FROM sites) AS sites,
    (SELECT coalesce(json_agg(json_build_object('slug', slug, 'name', name) ORDER BY position), '[]') FROM products)
      AS products) AS kinds`);
  const [row] = await knex.select<{ sites: string[]; products: { slug: string; name: string }[] }[]>('*').from(kinds);
  return row ?? { sites: [], products: [] };
}

function matching({ query, site, product, now }: ServersWanted) {
  const conditions = ['true'];
  if (site) conditions.push('t.code = :site');
  if (product) conditions.push('p.slug = :product');
  const block = blockOf(query)?.cidr;
  if (query) {
    const held = `EXISTS (SELECT FROM server_leases l JOIN services v ON v.id = l.service_id
      JOIN customers k ON k.id = v.customer_id WHERE l.server_id = s.id AND l.during @> CAST(:now AS timestamptz) AND`;
    conditions.push(`(s.label ILIKE :like OR s.serial ILIKE :like OR s.mac::text ILIKE :macLike OR b.address ILIKE :like
      OR concat_ws(' ', t.code, r.name) ILIKE :like OR concat_ws(' ', w.name, o.name) ILIKE :like
      OR ${held} (k.name ILIKE :like OR k.number ILIKE :like OR v.slug ILIKE :like OR v.host_name ILIKE :like)))
      ${
        block
          ? `OR ${held} EXISTS (SELECT FROM address_assignments a WHERE a.service_id = v.id AND a.block && CAST(:block AS inet)
        AND a.during @> CAST(:now AS timestamptz)))`
          : ''
      }`);
  }
  const sql = conditions.map((condition) => `(${condition})`).join(' AND ');
  return {
    sql,
    values: {
      like: likePart(query),
      macLike: likePart(readMac(query) ?? query),
      site: site ?? '',
      product: product ?? '',
      block: block ?? '::',
      now,
    },
  };
}
