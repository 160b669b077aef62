import type { QueryBuilder } from 'objection';
import type { CalendarDay } from '../../rules/calendar.js';
import type { Customer } from '../accounts/customer.js';
import { anywhere, foundByStaff, type ListOrder, type Stretch, stretchOf, type Whose } from '../listing.js';
import { Invoice } from './invoice.js';
import { InvoiceLine } from './invoice-line.js';

export const invoiceSorts = ['due', 'number', 'issued', 'status', 'total', 'customer'] as const;
export const invoiceFilters = ['unpaid', 'all', 'overdue', 'paid'] as const;

export interface InvoicesWanted {
  /** A part of a number or of what a line says; for staff the beginning of a number, or a part of a customer's name. */
  readonly query: string;
  readonly sort: (typeof invoiceSorts)[number];
  readonly direction: 'asc' | 'desc';
  readonly filter: (typeof invoiceFilters)[number] | undefined;
  readonly contract?: string | undefined;
  /** Days of issue, both included. */
  readonly from?: CalendarDay | undefined;
  readonly until?: CalendarDay | undefined;
  /** By which what is overdue is told. */
  readonly today: CalendarDay;
}

/** An invoice as lists show it, with what its lines are about. */
export type ListedInvoice = Invoice & {
  readonly about: string | null;
  readonly customerNumber: string;
  readonly customerName: string;
};

/** What a customer owes, and how many invoices each filter shows. */
export interface InvoiceSums {
  readonly counts: Readonly<Record<(typeof invoiceFilters)[number], number>>;
  readonly unpaidMinor: number;
  readonly overdueMinor: number;
  readonly overdueSince: CalendarDay | null;
}

const columns: Readonly<Record<InvoicesWanted['sort'], string>> = {
  due: 'invoices.due_on',
  number: 'invoices.number',
  issued: 'invoices.issued_at',
  status: 'invoices.status',
  total: 'invoices.total_minor',
  customer: 'customers.name',
};
const tie = 'invoices.number';
const withCustomers = 'invoices JOIN customers ON customers.id = invoices.customer_id';

const about = `(SELECT string_agg(description, ', ' ORDER BY position) FROM invoice_lines
  WHERE invoice_id = invoices.id) AS about`;

/** Invoices as a list asks for them, with all that it says of them: one statement, by Knex but for the invoices themselves. */
export async function listInvoices(whose: Whose, wanted: InvoicesWanted, stretch: Stretch): Promise<ListedInvoice[]> {
  const order = orderOf(wanted);
  const found = invoicesMatching(whose, wanted).select('invoices.*');
  if (wanted.sort === 'customer') found.join('customers', 'customers.id', 'invoices.customerId');
  const page = stretchOf(found, order, stretch).toKnexQuery();
  const knex = Invoice.knex();
  const rows: object[] = await knex
    .from(page.as('invoices'))
    .join('customers', 'customers.id', 'invoices.customerId')
    .select('invoices.*', 'customers.number as customerNumber', 'customers.name as customerName', knex.raw(about))
    .orderByRaw(`${order.by} ${order.direction}, ${tie} ${order.direction}`);
  return rows.map((row) => Invoice.fromDatabaseJson(row) as ListedInvoice);
}

/** Among all, of what is owed the first comes first, then of what is done the last: both lie next to today. */
function orderOf({ sort, direction, filter }: InvoicesWanted): ListOrder {
  if (sort === 'customer') return { table: 'invoices', tie, by: columns.customer, direction, from: withCustomers };
  if (sort !== 'due' || filter !== 'all') return { table: 'invoices', tie, by: columns[sort], direction };
  const day = `(invoices.due_on - DATE '2000-01-01')`;
  const [owed, done] = direction === 'asc' ? [day, `-${day}`] : [`-${day}`, day];
  const by = `(CASE WHEN invoices.status = 'open' THEN ${owed} ELSE 1000000 + ${done} END)`;
  return { table: 'invoices', tie, by, direction: 'asc' };
}

export function invoicesMatching(whose: Whose, wanted: InvoicesWanted): QueryBuilder<Invoice> {
  const { query, filter, contract, from, until, today } = wanted;
  const found = Invoice.query().modify('issued');
  if (whose !== 'everybody') found.modify('ownedBy', whose);
  if (filter === 'unpaid') found.modify('unpaid');
  if (filter === 'overdue') found.modify('overdueOn', today);
  if (filter === 'paid') found.where('invoices.status', 'paid');
  if (contract) found.whereRaw(ofContract, { contract });
  if (from) found.where('invoices.issuedOn', '>=', from);
  if (until) found.where('invoices.issuedOn', '<=', until);
  if (query) found.where((either) => searched(either, query, whose));
  return found;
}

/** By the order it was issued for, or by the services that its lines are about. */
const ofContract = `(EXISTS (SELECT FROM orders o WHERE o.id = invoices.order_id AND o.contract_id = :contract)
  OR EXISTS (SELECT FROM invoice_lines l JOIN services s ON s.id = l.service_id
             WHERE l.invoice_id = invoices.id AND s.contract_id = :contract))`;

function searched(either: QueryBuilder<Invoice>, query: string, whose: Whose): void {
  if (whose === 'everybody') {
    foundByStaff(either, 'invoices', query);
    return;
  }
  const line = InvoiceLine.query()
    .whereColumn('invoice_lines.invoiceId', 'invoices.id')
    .whereRaw(`concat_ws(' ', description, detail) ILIKE ?`, [anywhere(query)]);
  either.where('invoices.number', 'ilike', anywhere(query)).orWhereExists(line);
}

/** In one statement, whatever the list shows. */
export async function invoiceSums(customer: Pick<Customer, 'id'>, today: CalendarDay): Promise<InvoiceSums> {
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
