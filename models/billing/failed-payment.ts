import type { DeclineKind } from '../../rules/billing/declines.js';
import { usualRetries } from '../../rules/billing/retry-schedule.js';
import type { CalendarDay } from '../../rules/calendar.js';
import { asWritten, columnsOf, type Sql, sql } from '../sql.js';
import { settledOf } from './owed.js';
import { openAttemptStatuses } from './payment-attempt.js';
import { scheduleInForce } from './retry-schedule.js';

/** How the last try stands: declined in one of three ways, unknown, under way, or there never was one. */
export type CollectionStanding = DeclineKind | 'unknown' | 'under_way' | 'untried';

/** An open invoice whose last try failed or has no known outcome, or that is overdue. Read only: it is no table. */
export interface FailedPayment {
  readonly id: string;
  readonly number: string;
  readonly customerId: string;
  readonly customerNumber: string;
  readonly customerName: string;
  readonly currency: string;
  /** What is still owed. */
  readonly dueMinor: number;
  readonly dueOn: CalendarDay;
  readonly standing: CollectionStanding;
  readonly declineCode: string | null;
  readonly brand: string | null;
  readonly last4: string | null;
  /** How often a card was tried, and when last. */
  readonly tries: number;
  readonly triedAt: Date | null;
  /** The last try is this one of so many, counted as the schedule counts; and the day on which the schedule ends. */
  readonly stage: number;
  readonly stages: number;
  readonly scheduleEndsAt: Date | null;
  /** Days that a card rests between two tries. */
  readonly restDays: number;
  /** When a card is tried by itself; nothing where that is over, or would be vain. */
  readonly nextTryAt: Date | null;
  /** Whether the customer has a card that could be tried. */
  readonly hasCard: boolean;
  /** Whether staff chose that time; until when they hold tries off; when they last asked for another card. */
  readonly isPlanned: boolean;
  readonly heldUntil: Date | null;
  readonly cardAskedAt: Date | null;
  /** Whether an order waits for the money, and when it lapses. */
  readonly isAwaited: boolean;
  readonly lapsesAt: Date | null;
}

const ofInvoice = ['id', 'number', 'customerId', 'customerNumber', 'customerName', 'currency', 'dueMinor', 'dueOn'];
const ofTries = ['standing', 'declineCode', 'brand', 'last4', 'tries', 'triedAt', 'nextTryAt', 'hasCard'];
const ofPlans = ['isPlanned', 'heldUntil', 'cardAskedAt', 'isAwaited', 'lapsesAt'];
const ofStages = ['stage', 'stages', 'scheduleEndsAt', 'restDays'];

/** What is known of each, for a SELECT from `failedPaymentsOn`. */
export const failedPaymentColumns = columnsOf('failed_payments', ...ofInvoice, ...ofTries, ...ofPlans, ...ofStages);

/**
 * How many open invoices have a last try that failed, or of unknown outcome, as SQL: asked on every page of the staff, so
 * it looks among those that ever failed, not among all that are open.
 */
export const failedPaymentsCounted = `SELECT count(*) FROM invoices WHERE status = 'open'
  AND id IN (SELECT invoice_id FROM payment_attempts WHERE status IN ('declined', 'unknown'))
  AND (SELECT status FROM payment_attempts WHERE invoice_id = invoices.id ORDER BY started_at DESC LIMIT 1)
      IN ('declined', 'unknown')`;

const settled = asWritten(settledOf('i.id'));
const underWay = asWritten(openAttemptStatuses.map((status) => `'${status}'`).join(', '));

const usualDays = `{${usualRetries.retryDays.join(',')}}`;

/** The day of the next try is reckoned as `nextTryAt` does, from the last try that the customer made themselves. */
export function failedPaymentsOn(today: CalendarDay): Sql {
  return sql`(SELECT i.id, i.number, i.customer_id, c.number AS customer_number, c.name AS customer_name, i.currency, i.due_on,
         (i.total_minor - ${settled})::bigint AS due_minor, a.decline_code, m.brand, m.last4,
         f.tries + (a.settled_at IS NULL AND a.started_at IS NOT NULL)::int AS tries,
         a.started_at AS tried_at,
         CASE WHEN a.status = 'unknown' THEN 'unknown' WHEN a.status = 'declined' THEN a.decline_kind
              WHEN a.status IN (${underWay}) THEN 'under_way'
              ELSE 'untried' END AS standing,
         CASE WHEN a.started_at IS NOT NULL AND a.settled_at IS NULL THEN NULL WHEN p.try_at IS NOT NULL THEN p.try_at
              WHEN a.status = 'declined' AND a.decline_kind = 'soft' AND f.counted <= cardinality(s.days)
              THEN greatest(f.first_failed_at + s.days[f.counted] * interval '1 day',
                            f.last_failed_at + s.rest * interval '1 day', p.held_until) END AS next_try_at,
         s.rest AS rest_days, f.counted AS stage, 1 + cardinality(s.days) AS stages,
         f.first_failed_at + s.days[cardinality(s.days)] * interval '1 day' AS schedule_ends_at,
         p.try_at IS NOT NULL AS is_planned, p.held_until, p.card_asked_at,
         o.id IS NOT NULL AS is_awaited, o.expires_at AS lapses_at,
         EXISTS (SELECT FROM payment_methods u WHERE u.customer_id = i.customer_id AND u.removed_at IS NULL) AS has_card
  FROM invoices i JOIN customers c ON c.id = i.customer_id
  LEFT JOIN LATERAL (SELECT * FROM payment_attempts WHERE invoice_id = i.id ORDER BY started_at DESC LIMIT 1) a ON true
  LEFT JOIN collection_plans p ON p.invoice_id = i.id
  LEFT JOIN orders o ON o.id = i.order_id AND o.status = 'awaiting_payment'
  LEFT JOIN payment_methods m ON m.id = a.payment_method_id
  LEFT JOIN LATERAL (
    SELECT count(*)::int AS tries, count(*) FILTER (WHERE settled_at >= since)::int AS counted,
           min(settled_at) FILTER (WHERE settled_at >= since) AS first_failed_at, max(settled_at) AS last_failed_at
    FROM (SELECT settled_at, coalesce(max(settled_at) FILTER (WHERE on_session) OVER (), '-infinity') AS since
          FROM payment_attempts WHERE invoice_id = i.id AND status = 'declined') declined) f ON true
  LEFT JOIN LATERAL ${scheduleInForce} r ON true
  CROSS JOIN LATERAL (SELECT coalesce(r.retry_days, ${usualDays}::int[]) AS days, coalesce(r.rest_days, ${usualRetries.restDays}) AS rest) s
  WHERE i.status = 'open' AND (a.status IN ('declined', 'unknown') OR i.due_on < ${today})) AS failed_payments`;
}
