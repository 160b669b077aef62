import type { DeclineKind } from './declines.js';

/** Days after the first failed attempt on which the card is tried again by itself. */
export interface RetryPolicy {
  readonly retryDays: readonly number[];
}

export const usualRetries: RetryPolicy = { retryDays: [1, 3, 5, 8, 13] };

export interface FailedAttempts {
  /** ISO instant at which the first attempt failed. */
  readonly firstFailedAt: string;
  /** How often the card was tried by itself since. */
  readonly retries: number;
  readonly lastDecline: DeclineKind;
}

const DAY_MS = 86_400_000;

/**
 * When the card is tried next by itself; nothing when that is over, or would be vain: a hard decline asks for another
 * card, and a bank that wants to see its customer must be answered by that customer.
 */
export function nextRetryAt({ retryDays }: RetryPolicy, failed: FailedAttempts): string | undefined {
  if (failed.lastDecline !== 'soft') return undefined;
  const day = retryDays[failed.retries];
  return day === undefined ? undefined : new Date(Date.parse(failed.firstFailedAt) + day * DAY_MS).toISOString();
}
