import type { DeclineKind } from './declines.js';

export interface RetryPolicy {
  /** Days after the first failed attempt on which the card is tried again by itself. */
  readonly retryDays: readonly number[];
  /** Days that a card rests between two tries. */
  readonly restDays: number;
}

export const usualRetries: RetryPolicy = { retryDays: [1, 3, 5, 8, 13], restDays: 1 };

export interface FailedAttempts {
  /** ISO instant at which the first attempt failed. */
  readonly firstFailedAt: string;
  /** At which the last one did; processes from before it was kept do without. */
  readonly lastFailedAt?: string;
  /** How often the card was tried by itself since. */
  readonly retries: number;
  readonly lastDecline: DeclineKind;
}

/** What staff said of the next try: at a time, with a card; or none by itself before a time. ISO instants. */
export interface RetryPlan {
  readonly tryAt?: string | undefined;
  readonly paymentMethodId?: string | undefined;
  readonly heldUntil?: string | undefined;
}

const DAY_MS = 86_400_000;

/**
 * When the card is tried next by itself; nothing when that is over, or would be vain: a hard decline asks for another
 * card, and a bank that wants to see its customer must be answered by that customer. Days that were missed, in an outage,
 * are not made up at once: the card rests between two tries, and the last day of the schedule comes that much later.
 */
export function nextRetryAt({ retryDays, restDays }: RetryPolicy, failed: FailedAttempts): string | undefined {
  if (failed.lastDecline !== 'soft') return undefined;
  const day = retryDays[failed.retries];
  if (day === undefined) return undefined;
  const { firstFailedAt, lastFailedAt } = failed;
  const rested = lastFailedAt === undefined ? 0 : Date.parse(lastFailedAt) + restDays * DAY_MS;
  return new Date(Math.max(Date.parse(firstFailedAt) + day * DAY_MS, rested)).toISOString();
}

interface Standing {
  readonly failed: FailedAttempts | null;
  readonly plan?: RetryPlan | null;
}

/** As the schedule has it, or as staff said: a time of theirs stands in its place, a hold only puts it off. */
export function nextTryAt(policy: RetryPolicy, { failed, plan }: Standing): string | undefined {
  if (plan?.tryAt) return plan.tryAt;
  const usual = failed ? nextRetryAt(policy, failed) : undefined;
  return usual && plan?.heldUntil && plan.heldUntil > usual ? plan.heldUntil : usual;
}
