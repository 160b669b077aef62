import { Model } from 'objection';
import type { CalendarDay } from '../../rules/calendar.js';
import { blockOf } from '../../rules/network/blocks.js';
import { likePart } from '../text-search.js';

export const customerSorts = ['number', 'name', 'unpaid'] as const;
export const customerFilters = ['all', 'running', 'unpaid', 'overdue'] as const;

export interface CustomersWanted {
  /** A part of a name, number, e-mail address (theirs or a user's), VAT number or host name; or an address they hold. */
  readonly query: string;
  readonly filter: (typeof customerFilters)[number];
  readonly sort: (typeof customerSorts)[number];
  readonly direction: 'asc' | 'desc';
  readonly now: Date;
  readonly today: CalendarDay;
}

/** A customer as the list of all of them shows it; amounts in the customer's one currency. */
export interface CustomerRow extends CustomerFigures {
  readonly number: string;
  readonly name: string;
  readonly kind: 'company' | 'consumer';
  readonly email: string;
  readonly city: string;
  readonly country: string;
  readonly vatNumber: string | null;
  readonly currency: string;
}

export interface CustomerFigures {
  /** When they first ordered. */
  readonly since: Date | null;
  readonly running: number;
  /** What the running services bring a month, net. */
  readonly monthlyMinor: number;
  readonly unpaidMinor: number;
  readonly overdueMinor: number;
}

/** Of an open invoice `i`: its total less payments and credit notes, plus what was paid back; as `Invoice.due` counts. */
const due = `greatest(0, i.total_minor
  - coalesce((SELECT sum(p.amount_minor) FROM payments p WHERE p.invoice_id = i.id), 0)
  + coalesce((SELECT sum(r.amount_minor) FROM refunds r JOIN payments p ON p.id = r.payment_id
              WHERE p.invoice_id = i.id AND r.status NOT IN ('failed', 'returned')), 0)
  - coalesce((SELECT sum(n.total_minor) FROM credit_notes n WHERE n.invoice_id = i.id), 0))`;

/** Joined to customers `c`, for as many of them as are shown. */
export const customerFigures = `
  LEFT JOIN LATERAL (SELECT min(placed_at) AS since FROM orders WHERE customer_id = c.id) o ON true
  LEFT JOIN LATERAL (SELECT count(*) AS running, coalesce(round(sum(b.price_minor::numeric / b.period_months)), 0)::bigint
      AS monthly_minor FROM services v LEFT JOIN subscriptions b ON b.service_id = v.id
    WHERE v.customer_id = c.id AND v.status = 'active') s ON true
  LEFT JOIN LATERAL (SELECT coalesce(sum(${due}), 0)::bigint AS unpaid_minor,
      coalesce(sum(${due}) FILTER (WHERE i.due_on < :today), 0)::bigint AS overdue_minor
    FROM invoices i WHERE i.customer_id = c.id AND i.status = 'open') d ON true`;

/** Page first, figures of that page then: the list costs the same however many customers there are. */
export async function customersFound(
  wanted: CustomersWanted,
  { offset, limit }: { offset: number; limit: number },
): Promise<CustomerRow[]> {
  const knex = Model.knex();
  const { sql, values } = matching(wanted);
  const way = wanted.direction === 'desc' ? 'DESC' : 'ASC';
  const owing = wanted.sort === 'unpaid';
  const owed = owing
    ? `LEFT JOIN (SELECT customer_id, sum(total_minor) AS open_minor FROM invoices WHERE status = 'open'
        GROUP BY customer_id) w ON w.customer_id = c.id`
    : '';
  const order = owing ? `coalesce(open_minor, 0) ${way}, c.number` : `c.${wanted.sort} ${way}, c.number`;
  const rows = knex.raw(
    `(SELECT c.place, c.number, c.name, c.kind, c.email, c.city, c.country, c.vat_number, c.currency,
             o.since, s.running, s.monthly_minor, d.unpaid_minor, d.overdue_minor
      FROM (SELECT c.*, row_number() OVER (ORDER BY ${order}) AS place FROM customers c ${owed}
            WHERE ${sql} ORDER BY ${order} OFFSET :offset LIMIT :limit) c ${customerFigures}) AS found`,
    { ...values, offset, limit },
  );
  return knex.select<CustomerRow[]>('*').from(rows).orderBy('place');
}

export async function countCustomers(wanted: CustomersWanted): Promise<number> {
  const knex = Model.knex();
  const { sql, values } = matching(wanted);
  const counted = knex.raw(`(SELECT count(*) AS customers FROM customers c WHERE ${sql}) AS counted`, values);
  const [row] = await knex.select<{ customers: number }[]>('*').from(counted);
  return row?.customers ?? 0;
}

const filters = {
  all: 'true',
  running: `EXISTS (SELECT FROM services v WHERE v.customer_id = c.id AND v.status = 'active')`,
  unpaid: `c.id IN (SELECT customer_id FROM invoices WHERE status = 'open')`,
  overdue: `c.id IN (SELECT customer_id FROM invoices WHERE status = 'open' AND due_on < :today)`,
} as const;

function matching({ query, filter, now, today }: CustomersWanted) {
  const block = blockOf(query)?.cidr;
  const searched = block ? `c.id IN (${holders})` : named;
  const sql = query ? `${filters[filter]} AND (${searched})` : filters[filter];
  return { sql, values: { like: likePart(query), block: block ?? '::', now, today } };
}

/** An address is nobody's name: only who holds it is looked for. */
const holders = `SELECT v.customer_id FROM address_assignments a JOIN services v ON v.id = a.service_id
  WHERE a.block && CAST(:block AS inet) AND a.during @> CAST(:now AS timestamptz)`;

const named = `c.name ILIKE :like OR c.number ILIKE :like OR c.email ILIKE :like OR c.vat_number ILIKE :like
  OR c.id IN (SELECT m.customer_id FROM memberships m JOIN users u ON u.id = m.user_id
              WHERE u.email ILIKE :like OR u.name ILIKE :like)
  OR c.id IN (SELECT customer_id FROM services WHERE host_name ILIKE :like OR slug ILIKE :like)`;
