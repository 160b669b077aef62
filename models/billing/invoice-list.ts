import type { QueryBuilder } from 'objection';
import type { CalendarDay } from '../../rules/calendar.js';
import type { Customer } from '../accounts/customer.js';
import { Invoice } from './invoice.js';
import { InvoiceLine } from './invoice-line.js';

export const invoiceSorts = ['due', 'number', 'status', 'total'] as const;
export const invoiceFilters = ['unpaid', 'all', 'overdue', 'paid'] as const;

export interface InvoiceListWish {
  readonly query: string;
  readonly sort: (typeof invoiceSorts)[number];
  readonly direction: 'asc' | 'desc';
  readonly filter: (typeof invoiceFilters)[number] | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** An invoice as lists show it, with what its lines are about. */
export type ListedInvoice = Invoice & { readonly about: string | null };

/** What a customer owes, and how many invoices each filter shows. */
export interface InvoiceSums {
  readonly counts: Readonly<Record<(typeof invoiceFilters)[number], number>>;
  readonly unpaidMinor: number;
  readonly overdueMinor: number;
  readonly overdueSince: CalendarDay | null;
}

const columns = {
  due: 'invoices.dueOn',
  number: 'invoices.number',
  status: 'invoices.status',
  total: 'invoices.totalMinor',
};

export async function listInvoices(customer: Customer, wish: InvoiceListWish, today: CalendarDay) {
  const about = InvoiceLine.query()
    .whereColumn('invoice_lines.invoiceId', 'invoices.id')
    .select(InvoiceLine.raw(`string_agg(description, ', ' ORDER BY position)`))
    .as('about');
  const found = matching(customer, wish, today).select('invoices.*', about).offset(wish.offset).limit(wish.limit);
  const other = wish.direction === 'asc' ? 'desc' : 'asc';
  // Of what is owed the first comes first, of what is done the last: both lie next to today.
  if (wish.sort === 'due')
    found.orderByRaw(
      `invoices.status <> 'open', CASE WHEN invoices.status = 'open' THEN due_on END ${wish.direction}, due_on ${other}`,
    );
  else found.orderBy(columns[wish.sort], wish.direction);
  return (await found.orderBy('invoices.number', 'desc')) as ListedInvoice[];
}

export function countInvoices(customer: Customer, wish: InvoiceListWish, today: CalendarDay): Promise<number> {
  return matching(customer, wish, today).resultSize();
}

/** In one statement, whatever the list shows. */
export async function invoiceSums(customer: Customer, today: CalendarDay): Promise<InvoiceSums> {
  const overdue = `FILTER (WHERE status = 'open' AND due_on < ?)`;
  const { rows } = await Invoice.knex().raw(
    `SELECT count(*) AS "all", count(*) FILTER (WHERE status = 'open') AS unpaid, count(*) ${overdue} AS overdue,
            count(*) FILTER (WHERE status = 'paid') AS paid,
            coalesce(sum(total_minor) FILTER (WHERE status = 'open'), 0)::bigint AS unpaid_minor,
            coalesce(sum(total_minor) ${overdue}, 0)::bigint AS overdue_minor, min(due_on) ${overdue} AS overdue_since
     FROM invoices WHERE customer_id = ? AND status <> 'draft'`,
    [today, today, today, customer.id],
  );
  const { all, unpaid, overdue: late, paid, unpaid_minor: unpaidMinor } = rows[0];
  const { overdue_minor: overdueMinor, overdue_since: overdueSince } = rows[0];
  return { counts: { all, unpaid, overdue: late, paid }, unpaidMinor, overdueMinor, overdueSince };
}

function matching(customer: Customer, { query, filter }: InvoiceListWish, today: CalendarDay): QueryBuilder<Invoice> {
  const found = Invoice.query().modify('ownedBy', customer).modify('issued');
  if (filter === 'unpaid') found.modify('unpaid');
  if (filter === 'overdue') found.modify('overdueOn', today);
  if (filter === 'paid') found.where('invoices.status', 'paid');
  if (query) found.where((either) => searched(either, query));
  return found;
}

/** By number, or by what a line says. */
function searched(either: QueryBuilder<Invoice>, query: string): void {
  const has = (column: string) => `strpos(lower(${column}), lower(?)) > 0`;
  const line = InvoiceLine.query()
    .whereColumn('invoice_lines.invoiceId', 'invoices.id')
    .whereRaw(has(`concat_ws(' ', description, detail)`), [query]);
  either.whereRaw(has('invoices.number'), [query]).orWhereExists(line);
}
