import type { RetryPolicy } from './retry-schedule.js';

/** More tries, or later ones, bring fees of the card networks and hardly any money (Visa counts 15 declines in 30 days). */
export const MOST_TRIES = 10;
export const LAST_DAY = 60;
export const LONGEST_REST = 7;

/** What keeps a schedule from being used as it was meant; nothing where it may be. A day sooner than a card has rested would silently be another day. */
export function policyProblem({ retryDays, restDays }: RetryPolicy): 'days' | 'rest' | 'close' | undefined {
  const isRest = Number.isInteger(restDays) && restDays >= 1 && restDays <= LONGEST_REST;
  if (!isRest) return 'rest';
  const areDays = retryDays.every((day) => Number.isInteger(day) && day >= 1 && day <= LAST_DAY);
  if (!areDays || retryDays.length < 1 || retryDays.length > MOST_TRIES) return 'days';
  return retryDays.every((day, index) => day - (retryDays[index - 1] ?? 0) >= restDays) ? undefined : 'close';
}
