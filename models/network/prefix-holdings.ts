import { Model } from 'objection';
import { blockOf } from '../../rules/network/blocks.js';
import { restedBefore } from '../../rules/network/quarantine.js';
import { likePart } from '../text-search.js';

export const holdingStates = ['assigned', 'reserved', 'resting', 'past'] as const;
export type HoldingState = (typeof holdingStates)[number];
export const holdingFilters = ['now', ...holdingStates] as const;

/** Addresses in somebody's hands, or once in them. */
export interface AddressHolding {
  /** Of a reservation that stands: what is ended by it. */
  readonly id: string;
  readonly block: string;
  readonly state: HoldingState;
  readonly role: 'primary' | 'routed' | 'ipv6' | null;
  readonly justification: string | null;
  readonly from: Date;
  readonly until: Date | null;
  readonly service: string | null;
  readonly hostName: string | null;
  readonly customer: string | null;
  readonly number: string | null;
  readonly order: string | null;
  readonly reservedBy: string | null;
}

export interface HoldingsWanted {
  /** Nothing: of all prefixes. */
  readonly prefixId: string | undefined;
  /** An address or block that overlaps it, or a part of a customer, service, host name or justification. */
  readonly query: string;
  readonly filter: (typeof holdingFilters)[number];
  /** Only what was held at that moment, whatever became of it. */
  readonly at: Date | undefined;
  readonly now: Date;
}

const held = `SELECT a.id, a.prefix_id, a.block AS inet, abbrev(a.block) AS block, a.role, a.justification, a.during,
    CASE WHEN upper_inf(a.during) THEN 'assigned' WHEN upper(a.during) > :rested THEN 'resting' ELSE 'past' END AS state,
    v.slug AS service, v.host_name, k.name AS customer, k.number, o.number AS "order", NULL AS reserved_by
  FROM address_assignments a JOIN services v ON v.id = a.service_id JOIN customers k ON k.id = v.customer_id
  LEFT JOIN order_lines l ON l.id = v.order_line_id LEFT JOIN orders o ON o.id = l.order_id WHERE NOT isempty(a.during)
  UNION ALL
  SELECT r.id, r.prefix_id, r.block, abbrev(r.block), NULL, r.justification, r.during,
    CASE WHEN upper_inf(r.during) THEN 'reserved' ELSE 'past' END, NULL, NULL, NULL, NULL, NULL, m.name
  FROM address_reservations r JOIN staff_members m ON m.id = r.reserved_by WHERE NOT isempty(r.during)`;

/** In the order of their addresses, the newest of one address first; in one statement. */
export async function holdingsFound(
  wanted: HoldingsWanted,
  { offset, limit }: { offset: number; limit: number },
): Promise<AddressHolding[]> {
  const knex = Model.knex();
  const { sql, values } = matching(wanted);
  const shown = wanted.at ? 'true' : wanted.filter === 'now' ? `state <> 'past'` : 'state = :filter';
  const rows = knex.raw(
    `(SELECT id, block, state, role, justification, lower(during) AS "from", upper(during) AS until, service, host_name,
             customer, number, "order", reserved_by FROM (${held}) h WHERE ${sql} AND ${shown}
      ORDER BY family(inet), inet, lower(during) DESC OFFSET :offset LIMIT :limit) AS found`,
    { ...values, filter: wanted.filter, offset, limit },
  );
  return knex.select<AddressHolding[]>('*').from(rows);
}

/** How many each state has of what else is asked for. */
export async function countHoldings(wanted: HoldingsWanted): Promise<Record<(typeof holdingFilters)[number], number>> {
  const knex = Model.knex();
  const { sql, values } = matching(wanted);
  const counts = knex.raw(`(SELECT state, count(*) AS rows FROM (${held}) h WHERE ${sql} GROUP BY state) AS c`, values);
  const rows = await knex.select<{ state: HoldingState; rows: number }[]>('*').from(counts);
  const of = (name: HoldingState) => rows.find(({ state }) => state === name)?.rows ?? 0;
  const by = { assigned: of('assigned'), reserved: of('reserved'), resting: of('resting'), past: of('past') };
  return { now: by.assigned + by.reserved + by.resting, ...by };
}

function matching({ prefixId, query, at, now }: HoldingsWanted) {
  const block = blockOf(query)?.cidr;
  const words = `concat_ws(' ', block, customer, number, service, host_name, justification, "order", reserved_by) ILIKE :like`;
  const conditions = [
    ...(prefixId ? ['prefix_id = :prefixId'] : []),
    ...(query ? [block ? 'inet && CAST(:block AS inet)' : words] : []),
    ...(at ? ['during @> CAST(:at AS timestamptz)'] : []),
  ];
  const asked = { prefixId: prefixId ?? '', like: likePart(query), block: block ?? '::', at: at ?? now };
  return { sql: conditions.join(' AND ') || 'true', values: { ...asked, rested: restedBefore(now) } };
}
