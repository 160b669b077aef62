import { Model } from 'objection';
import { blockOf } from '../../rules/network/blocks.js';
import { restedBefore } from '../../rules/network/quarantine.js';
import type { PrefixUse } from '../../rules/network/utilisation.js';
import { likePart } from '../text-search.js';

export const prefixSorts = ['block', 'site'] as const;
export const prefixFilters = ['all', 'shared', 'routed', 'ipv6'] as const;

export interface PrefixesWanted {
  /** An address or block that it has to do with, or a part of a site or VLAN. */
  readonly query: string;
  readonly filter: (typeof prefixFilters)[number];
  readonly sort: (typeof prefixSorts)[number];
  readonly direction: 'asc' | 'desc';
  readonly now: Date;
}

/** A prefix with what of it is in use. */
export interface PrefixRow extends PrefixUse {
  readonly id: string;
  readonly site: string;
  readonly city: string;
  readonly vlan: number | null;
  readonly vlanName: string | null;
}

const tables = 'prefixes p JOIN sites t ON t.id = p.site_id LEFT JOIN vlans v ON v.id = p.vlan_id';

/** Blocks counted in single addresses of IPv4, in /64 of IPv6. */
const units = (block: string) => `2 ^ (CASE family(${block}) WHEN 4 THEN 32 ELSE 64 END - masklen(${block}))`;

const counted = `SELECT p.id, text(p.block) AS block, p.purpose, host(p.gateway) AS gateway, t.code AS site, t.city,
    v.number AS vlan, v.name AS vlan_name, a.assigned, a.resting, r.reserved
  FROM ${tables}
  LEFT JOIN LATERAL (SELECT coalesce(sum(${units('x.block')}) FILTER (WHERE upper_inf(x.during)), 0)::float8 AS assigned,
      coalesce(sum(${units('x.block')}) FILTER (WHERE NOT upper_inf(x.during) AND NOT EXISTS (SELECT FROM
        address_reservations y WHERE y.block >>= x.block AND upper_inf(y.during))), 0)::float8 AS resting
    FROM address_assignments x WHERE x.prefix_id = p.id AND NOT isempty(x.during)
      AND (upper_inf(x.during) OR upper(x.during) > :rested)) a ON true
  LEFT JOIN LATERAL (SELECT coalesce(sum(${units('y.block')}), 0)::float8 AS reserved FROM address_reservations y
    WHERE y.prefix_id = p.id AND upper_inf(y.during)) r ON true`;

/** Prefixes as a list asks for them, in one statement. */
export async function prefixesFound(
  wanted: PrefixesWanted,
  { offset, limit }: { offset: number; limit: number },
): Promise<PrefixRow[]> {
  const knex = Model.knex();
  const { sql, values } = matching(wanted);
  const way = wanted.direction === 'desc' ? 'DESC' : 'ASC';
  const order = wanted.sort === 'site' ? `t.code ${way}, p.block` : `family(p.block), p.block ${way}`;
  const rows = knex.raw(`(${counted} WHERE ${sql} ORDER BY ${order} OFFSET :offset LIMIT :limit) AS found`, {
    ...values,
    offset,
    limit,
  });
  return knex.select<PrefixRow[]>('*').from(rows);
}

export async function countPrefixes(wanted: PrefixesWanted): Promise<number> {
  const knex = Model.knex();
  const { sql, values } = matching(wanted);
  const [row] = await knex
    .select<{ prefixes: number }[]>('*')
    .from(knex.raw(`(SELECT count(*) AS prefixes FROM ${tables} WHERE ${sql}) AS counted`, values));
  return row?.prefixes ?? 0;
}

/** One prefix by its block; nothing where there is none of exactly that size. */
export async function prefixNamed(block: string, now: Date): Promise<PrefixRow | undefined> {
  const knex = Model.knex();
  const values = { block, rested: restedBefore(now) };
  const [row] = await knex
    .select<PrefixRow[]>('*')
    .from(knex.raw(`(${counted} WHERE p.block = CAST(:block AS cidr)) AS found`, values));
  return row;
}

function matching({ query, filter, now }: PrefixesWanted) {
  const block = blockOf(query)?.cidr;
  const words = `text(p.block) ILIKE :like OR t.code ILIKE :like OR t.city ILIKE :like OR v.name ILIKE :like
    OR CAST(v.number AS text) = :query`;
  const searched = block ? 'p.block && CAST(:block AS inet)' : `(${words})`;
  const kind = filter === 'all' ? 'true' : 'p.purpose = :filter';
  const values = { query, like: likePart(query), block: block ?? '::', filter, rested: restedBefore(now) };
  return { sql: query ? `${kind} AND ${searched}` : kind, values };
}
