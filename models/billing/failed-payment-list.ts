import type { QueryBuilder } from 'objection';
import type { CalendarDay } from '../../rules/calendar.js';
import { foundByStaff, type Stretch, stretchOf } from '../listing.js';
import { FailedPayment } from './failed-payment.js';

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
const columns: Readonly<Record<FailedWanted['sort'], string>> = {
  next: `coalesce(failed_payments.next_try_at, 'infinity')`,
  number: 'failed_payments.number',
  customer: 'failed_payments.customer_name',
  amount: 'failed_payments.due_minor',
  tries: 'failed_payments.tries',
  tried: `coalesce(failed_payments.tried_at, '-infinity')`,
  due: 'failed_payments.due_on',
};

const failed = `standing IN ('soft', 'hard', 'authentication_required', 'unknown')`;
const conditions: Readonly<Record<FailedFilter, string>> = {
  failed,
  soft: `standing = 'soft'`,
  hard: `standing = 'hard'`,
  authentication: `standing = 'authentication_required'`,
  unknown: `standing = 'unknown'`,
  overdue: 'due_on < :today',
  noCard: 'NOT has_card',
};

/** A stretch of the list, in one statement. */
export function listFailedPayments(wanted: FailedWanted, stretch: Stretch): Promise<FailedPayment[]> {
  const { sort, direction } = wanted;
  const order = { table: 'failed_payments', tie: 'failed_payments.number', by: columns[sort], direction };
  return stretchOf(failedMatching(wanted), order, stretch).execute();
}

export function failedMatching({ query, filter = 'failed', today }: FailedWanted): QueryBuilder<FailedPayment> {
  const found = FailedPayment.on(today).whereRaw(conditions[filter], { today });
  if (/^\d{4}$/.test(query)) return found.where('last4', query);
  return query ? found.where((either) => foundByStaff(either, 'failed_payments', query)) : found;
}

/** All figures of the page in one statement, a row a currency. */
export function failedSums(today: CalendarDay): Promise<FailedSums[]> {
  const counted = failedFilters.map((filter) => `'${filter}', count(*) FILTER (WHERE ${conditions[filter]})`);
  const sums = `currency, coalesce(sum(due_minor) FILTER (WHERE ${failed}), 0)::bigint AS amount_minor,
    count(DISTINCT customer_id) FILTER (WHERE ${failed})::int AS customers,
    count(*) FILTER (WHERE ${failed} AND next_try_at IS NOT NULL)::int AS by_itself,
    count(*) FILTER (WHERE ${failed} AND standing <> 'unknown' AND next_try_at IS NULL)::int AS by_customer,
    json_build_object(${counted.join(', ')}) AS counts`;
  return FailedPayment.on(today)
    .select(FailedPayment.raw(sums, { today }))
    .groupBy('currency')
    .orderBy('currency')
    .castTo<FailedSums[]>()
    .execute();
}
