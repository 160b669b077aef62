import { Model } from 'objection';
import type { DeclineKind } from '../../rules/billing/declines.js';
import { type RetryPolicy, usualRetries } from '../../rules/billing/retry-schedule.js';
import type { CalendarDay } from '../../rules/calendar.js';
import type { Money } from '../../rules/money.js';
import { settledOf } from './owed.js';
import { openAttemptStatuses } from './payment-attempt.js';

/** How the last try stands: declined in one of three ways, unknown, under way, or there never was one. */
export type CollectionStanding = DeclineKind | 'unknown' | 'under_way' | 'untried';

/** An open invoice whose last try failed or has no known outcome, or that is overdue. Read only: it is no table. */
export class FailedPayment extends Model {
  static override tableName = 'failed_payments';

  declare id: string;
  declare number: string;
  declare customerId: string;
  declare customerNumber: string;
  declare customerName: string;
  declare currency: string;
  /** What is still owed. */
  declare dueMinor: number;
  declare dueOn: CalendarDay;
  declare standing: CollectionStanding;
  declare declineCode: string | null;
  declare brand: string | null;
  declare last4: string | null;
  /** How often a card was tried, and when last. */
  declare tries: number;
  declare triedAt: Date | null;
  /** When a card is tried by itself; nothing where that is over, or would be vain. */
  declare nextTryAt: Date | null;
  /** Whether the customer has a card that could be tried. */
  declare hasCard: boolean;
  /** Whether staff chose that time; until when they hold tries off; when they last asked for another card. */
  declare isPlanned: boolean;
  declare heldUntil: Date | null;
  declare cardAskedAt: Date | null;

  get due(): Money {
    return { amountMinor: this.dueMinor, currency: this.currency };
  }

  /** Every question about them begins with this; `today` tells what is overdue. */
  static on(today: CalendarDay, { retryDays, restDays }: RetryPolicy = usualRetries) {
    const bindings = { today, days: `{${retryDays.join(',')}}`, rest: restDays };
    return FailedPayment.query().with('failed_payments', FailedPayment.raw(rows, bindings));
  }
}

/**
 * How many open invoices have a last try that failed, or of unknown outcome, as SQL: asked on every page of the staff, so
 * it looks among those that ever failed, not among all that are open.
 */
export const failedPaymentsCounted = `SELECT count(*) FROM invoices WHERE status = 'open'
  AND id IN (SELECT invoice_id FROM payment_attempts WHERE status IN ('declined', 'unknown'))
  AND (SELECT status FROM payment_attempts WHERE invoice_id = invoices.id ORDER BY started_at DESC LIMIT 1)
      IN ('declined', 'unknown')`;

/** The day of the next try is reckoned as `nextTryAt` does, from the last try that the customer made themselves. */
const rows = `
  SELECT i.id, i.number, i.customer_id, c.number AS customer_number, c.name AS customer_name, i.currency, i.due_on,
         i.total_minor - ${settledOf('i.id')} AS due_minor, a.decline_code, m.brand, m.last4,
         f.tries + (a.settled_at IS NULL AND a.started_at IS NOT NULL)::int AS tries,
         a.started_at AS tried_at,
         CASE WHEN a.status = 'unknown' THEN 'unknown' WHEN a.status = 'declined' THEN a.decline_kind
              WHEN a.status IN (${openAttemptStatuses.map((status) => `'${status}'`).join(', ')}) THEN 'under_way'
              ELSE 'untried' END AS standing,
         CASE WHEN a.started_at IS NOT NULL AND a.settled_at IS NULL THEN NULL WHEN p.try_at IS NOT NULL THEN p.try_at
              WHEN a.status = 'declined' AND a.decline_kind = 'soft' AND f.counted <= cardinality(:days::int[])
              THEN greatest(f.first_failed_at + (:days::int[])[f.counted] * interval '1 day',
                            f.last_failed_at + :rest * interval '1 day', p.held_until) END AS next_try_at,
         p.try_at IS NOT NULL AS is_planned, p.held_until, p.card_asked_at,
         EXISTS (SELECT FROM payment_methods u WHERE u.customer_id = i.customer_id AND u.removed_at IS NULL) AS has_card
  FROM invoices i JOIN customers c ON c.id = i.customer_id
  LEFT JOIN LATERAL (SELECT * FROM payment_attempts WHERE invoice_id = i.id ORDER BY started_at DESC LIMIT 1) a ON true
  LEFT JOIN collection_plans p ON p.invoice_id = i.id
  LEFT JOIN payment_methods m ON m.id = a.payment_method_id
  LEFT JOIN LATERAL (
    SELECT count(*)::int AS tries, count(*) FILTER (WHERE settled_at >= since)::int AS counted,
           min(settled_at) FILTER (WHERE settled_at >= since) AS first_failed_at, max(settled_at) AS last_failed_at
    FROM (SELECT settled_at, coalesce(max(settled_at) FILTER (WHERE on_session) OVER (), '-infinity') AS since
          FROM payment_attempts WHERE invoice_id = i.id AND status = 'declined') declined) f ON true
  WHERE i.status = 'open' AND (a.status IN ('declined', 'unknown') OR i.due_on < :today)`;
