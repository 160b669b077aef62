import type { CalendarDay } from '../../rules/calendar.js';
import { foundByStaff, type Listing, type Page, pageOf, type Stretch, stretchOf } from '../listing.js';
import { allOf, asWritten, listOf, rowsOf, type Sql, sql } from '../sql.js';
import { type FailedPayment, failedPaymentColumns, failedPaymentsOn } from './failed-payment.js';
import { type FailedNarrow, narrowedTo } from './failed-payment-narrowing.js';
import { Invoice } from './invoice.js';

export const failedSorts = ['next', 'number', 'customer', 'amount', 'tries', 'tried', 'due'] as const;
export const failedFilters = ['failed', 'soft', 'hard', 'authentication', 'unknown', 'overdue', 'noCard'] as const;
export type FailedFilter = (typeof failedFilters)[number];

export interface FailedWanted {
  /** The beginning of a number, a part of a customer's name, or a card's last four digits. */
  readonly query: string;
  readonly sort: (typeof failedSorts)[number];
  readonly direction: 'asc' | 'desc';
  readonly filter: FailedFilter | undefined;
  readonly today: CalendarDay;
  readonly narrow?: FailedNarrow;
  /** For what is due within a time from now. */
  readonly now?: Date;
}

/** In one currency: what failed, and who has to do something about it. */
export interface FailedSums {
  readonly currency: string;
  readonly amountMinor: number;
  readonly customers: number;
  /** Of the failed ones: tried again by themselves, in need of their customer, of unknown outcome. */
  readonly byItself: number;
  readonly byCustomer: number;
  readonly counts: Readonly<Record<FailedFilter, number>>;
}

/** What happens first comes first; what happens by itself no more comes last. */
const sorts: Readonly<Record<FailedWanted['sort'], Sql>> = {
  next: sql`coalesce(failed_payments.next_try_at, 'infinity')`,
  number: sql`failed_payments.number`,
  customer: sql`failed_payments.customer_name`,
  amount: sql`failed_payments.due_minor`,
  tries: sql`failed_payments.tries`,
  tried: sql`coalesce(failed_payments.tried_at, '-infinity')`,
  due: sql`failed_payments.due_on`,
};

const failed = sql`standing IN ('soft', 'hard', 'authentication_required', 'unknown')`;
const conditions: Readonly<Record<FailedFilter, (today: CalendarDay) => Sql>> = {
  failed: () => failed,
  soft: () => sql`standing = 'soft'`,
  hard: () => sql`standing = 'hard'`,
  authentication: () => sql`standing = 'authentication_required'`,
  unknown: () => sql`standing = 'unknown'`,
  overdue: (today) => sql`due_on < ${today}`,
  noCard: () => sql`NOT has_card`,
};

/** A stretch of the list, in one statement. */
export function listFailedPayments(wanted: FailedWanted, stretch: Stretch): Promise<FailedPayment[]> {
  return rowsOf(Invoice.knex(), stretchOf(failedListed(wanted), failedPaymentColumns, stretch));
}

/** A page of it. */
export function pageOfFailedPayments(wanted: FailedWanted, stretch: Stretch): Promise<Page<FailedPayment>> {
  const listing = failedListed(wanted);
  return pageOf(listing, stretch, (further) => stretchOf(listing, sql`${failedPaymentColumns} ${further}`, stretch));
}

/** Those of a set by their numbers, as they stand now; whoever is paid or settled by then is not among them. */
export function failedNumbered(numbers: readonly string[], today: CalendarDay): Promise<FailedPayment[]> {
  const asked = sql`SELECT ${failedPaymentColumns} FROM ${failedPaymentsOn(today)}
    WHERE number = ANY(${[...numbers]}::text[]) ORDER BY ${sorts.next}, number`;
  return rowsOf(Invoice.knex(), asked);
}

function failedListed(wanted: FailedWanted): Listing {
  const { query, filter = 'failed', today, sort, direction, narrow = {}, now = new Date(today) } = wanted;
  const where = allOf([conditions[filter](today), query && searched(query), ...narrowedTo(narrow, today, now)]);
  const order = { by: sorts[sort], direction, tie: sql`failed_payments.number`, id: sql`failed_payments.id` };
  return { from: failedPaymentsOn(today), where, ...order, kept: query === '' };
}

function searched(query: string): Sql {
  if (/^\d{4}$/.test(query)) return sql`last4 = ${query}`;
  return foundByStaff(query, { number: sql`failed_payments.number`, customer: sql`failed_payments.customer_id` });
}

/** All figures of the page in one statement, a row a currency. */
export function failedSums(today: CalendarDay): Promise<FailedSums[]> {
  const counts = failedFilters.map(
    (filter) => sql`${asWritten(`'${filter}'`)}, count(*) FILTER (WHERE ${conditions[filter](today)})`,
  );
  const asked = sql`SELECT currency, coalesce(sum(due_minor) FILTER (WHERE ${failed}), 0)::bigint AS "amountMinor",
      count(DISTINCT customer_id) FILTER (WHERE ${failed})::int AS customers,
      count(*) FILTER (WHERE ${failed} AND next_try_at IS NOT NULL)::int AS "byItself",
      count(*) FILTER (WHERE ${failed} AND standing <> 'unknown' AND next_try_at IS NULL)::int AS "byCustomer",
      json_build_object(${listOf(counts)}) AS counts
    FROM ${failedPaymentsOn(today)} GROUP BY currency ORDER BY currency`;
  return rowsOf<FailedSums>(Invoice.knex(), asked, { kept: true });
}
