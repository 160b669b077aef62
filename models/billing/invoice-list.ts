import type { CalendarDay } from '../../rules/calendar.js';
import type { Customer } from '../accounts/customer.js';
import {
  anywhere,
  type ContractChoice,
  contractsOf,
  foundByStaff,
  type Listing,
  orderOf,
  type Page,
  type PageWith,
  pageOf,
  type Stretch,
  stretchOf,
  type Whose,
} from '../listing.js';
import { allOf, columnsOf, rowsOf, type Sql, sql } from '../sql.js';
import { Invoice } from './invoice.js';

export const invoiceSorts = ['due', 'number', 'issued', 'status', 'total', 'customer'] as const;
export const invoiceFilters = ['unpaid', 'all', 'overdue', 'paid'] as const;
/** `owedBack`: something of it is to go back, and neither went nor is with a bank. */
export const staffInvoiceFilters = [...invoiceFilters, 'owedBack'] as const;

export interface InvoicesWanted {
  /** A part of a number or of what a line says; for staff the beginning of a number, or a part of a customer's name. */
  readonly query: string;
  readonly sort: (typeof invoiceSorts)[number];
  readonly direction: 'asc' | 'desc';
  readonly filter: (typeof staffInvoiceFilters)[number] | undefined;
  readonly contract?: string | undefined;
  /** Days of issue, both included. */
  readonly from?: CalendarDay | undefined;
  readonly until?: CalendarDay | undefined;
  /** By which what is overdue is told. */
  readonly today: CalendarDay;
}

/** An invoice as lists show it, with what its lines are about. */
export interface ListedInvoice extends Pick<Invoice, (typeof shown)[number]> {
  readonly about: string | null;
  readonly customerNumber: string;
  readonly customerName: string;
}

/** What a customer owes, how many invoices each filter shows, and of which contracts they can be. */
export interface InvoiceSums {
  readonly counts: Readonly<Record<(typeof invoiceFilters)[number], number>>;
  readonly unpaidMinor: number;
  readonly overdueMinor: number;
  readonly overdueSince: CalendarDay | null;
  readonly contracts: readonly ContractChoice[];
}

const sorts: Readonly<Record<InvoicesWanted['sort'], Sql>> = {
  due: sql`invoices.due_on`,
  number: sql`invoices.number`,
  issued: sql`invoices.issued_at`,
  status: sql`invoices.status`,
  total: sql`invoices.total_minor`,
  customer: sql`customers.name`,
};
const shown = [
  'id',
  'number',
  'status',
  'currency',
  'netMinor',
  'vatMinor',
  'totalMinor',
  'issuedOn',
  'dueOn',
] as const;
const columns = sql`${columnsOf('invoices', ...shown)}, customers.number AS "customerNumber",
  customers.name AS "customerName", (SELECT string_agg(description, ', ' ORDER BY position) FROM invoice_lines
    WHERE invoice_id = invoices.id) AS about`;

/** Invoices as a list asks for them, with all that it says of them: one statement. */
export function listInvoices(whose: Whose, wanted: InvoicesWanted, stretch: Stretch): Promise<ListedInvoice[]> {
  const listing = invoicesListed(whose, wanted);
  return rowsOf(Invoice.knex(), rowsIn(listing, stretch));
}

/** A page of them. */
export function pageOfInvoices(whose: Whose, wanted: InvoicesWanted, stretch: Stretch): Promise<Page<ListedInvoice>> {
  const listing = invoicesListed(whose, wanted);
  return pageOf(listing, stretch, (further) => rowsIn(listing, stretch, further));
}

/** A page of a customer's own, with what they owe: one statement. */
export function pageWithSums(
  customer: Pick<Customer, 'id'>,
  wanted: InvoicesWanted,
  stretch: Stretch,
): Promise<PageWith<ListedInvoice, InvoiceSums>> {
  const listing = invoicesListed(customer, wanted);
  return pageOf(listing, stretch, (further) => rowsIn(listing, stretch, further), sumsOf(customer, wanted.today));
}

function rowsIn(listing: Listing, stretch: Stretch, further = sql``): Sql {
  return sql`SELECT ${columns} ${further} FROM (${stretchOf(listing, sql`invoices.*`, stretch)}) AS invoices
    JOIN customers ON customers.id = invoices.customer_id ORDER BY ${orderOf(listing)}`;
}

function invoicesListed(whose: Whose, wanted: InvoicesWanted): Listing {
  const { sort, direction, filter, query, contract, from, until, today } = wanted;
  const where = allOf([
    sql`invoices.status <> 'draft'`,
    whose !== 'everybody' && sql`invoices.customer_id = ${whose.id}`,
    (filter === 'unpaid' || filter === 'overdue') && sql`invoices.status = 'open'`,
    filter === 'overdue' && sql`invoices.due_on < ${today}`,
    filter === 'paid' && sql`invoices.status = 'paid'`,
    filter === 'owedBack' && owedBack,
    contract && ofContract(contract),
    from && sql`invoices.issued_on >= ${from}`,
    until && sql`invoices.issued_on <= ${until}`,
    query && (whose === 'everybody' ? foundByStaff(query, foundBy) : searched(query)),
  ]);
  const by = sort === 'due' && filter === 'all' ? fromToday(direction) : { by: sorts[sort], direction };
  const table =
    sort === 'customer' ? sql`invoices JOIN customers ON customers.id = invoices.customer_id` : sql`invoices`;
  return { from: table, where, ...by, tie: sql`invoices.number`, id: sql`invoices.id`, kept: query === '' };
}

/** Among all, of what is owed the first comes first, then of what is done the last: both lie next to today. */
function fromToday(direction: 'asc' | 'desc'): Pick<Listing, 'by' | 'direction'> {
  const [day, back] = [sql`(invoices.due_on - DATE '2000-01-01')`, sql`-(invoices.due_on - DATE '2000-01-01')`];
  const [owed, done] = direction === 'asc' ? [day, back] : [back, day];
  return { by: sql`(CASE WHEN invoices.status = 'open' THEN ${owed} ELSE 1000000 + ${done} END)`, direction: 'asc' };
}

const owedBack = sql`EXISTS (SELECT FROM payments p JOIN refunds r ON r.payment_id = p.id
    WHERE p.invoice_id = invoices.id AND r.status IN ('requested', 'failed', 'returned')
      AND NOT EXISTS (SELECT FROM refunds n WHERE n.payment_id = r.payment_id AND n.credit_note_id = r.credit_note_id
        AND n.round > r.round))`;

/** By the order it was issued for, or by the services that its lines are about. */
function ofContract(contract: string): Sql {
  return sql`(EXISTS (SELECT FROM orders o WHERE o.id = invoices.order_id AND o.contract_id = ${contract})
    OR EXISTS (SELECT FROM invoice_lines l JOIN services s ON s.id = l.service_id
               WHERE l.invoice_id = invoices.id AND s.contract_id = ${contract}))`;
}

const foundBy = { number: sql`invoices.number`, customer: sql`invoices.customer_id` } as const;

function searched(query: string): Sql {
  const like = anywhere(query);
  return sql`(invoices.number ILIKE ${like} OR EXISTS (SELECT FROM invoice_lines l
    WHERE l.invoice_id = invoices.id AND concat_ws(' ', l.description, l.detail) ILIKE ${like}))`;
}

function sumsOf(customer: Pick<Customer, 'id'>, today: CalendarDay): Sql {
  const overdue = sql`FILTER (WHERE status = 'open' AND due_on < ${today})`;
  const counts = sql`json_build_object('all', count(*), 'unpaid', count(*) FILTER (WHERE status = 'open'),
    'overdue', count(*) ${overdue}, 'paid', count(*) FILTER (WHERE status = 'paid'))`;
  return sql`SELECT ${counts} AS counts, ${contractsOf(customer)} AS contracts,
      coalesce(sum(total_minor) FILTER (WHERE status = 'open'), 0)::bigint AS "unpaidMinor",
      coalesce(sum(total_minor) ${overdue}, 0)::bigint AS "overdueMinor", min(due_on) ${overdue} AS "overdueSince"
    FROM invoices WHERE customer_id = ${customer.id} AND status <> 'draft'`;
}
