import type { DeclineKind } from './declines.js';
import type { FailedAttempts } from './retry-schedule.js';

export interface DeclinedAttempt {
  readonly onSession: boolean;
  readonly settledAt: Date | null;
  readonly declineKind: DeclineKind | null;
}

/** What failed so far, from the oldest on: counted from the last time the customer tried themselves, else from the first. */
export function failuresOf(declined: readonly DeclinedAttempt[]): FailedAttempts | null {
  const lastOnSession = declined.findLastIndex(({ onSession }) => onSession);
  const since = declined.slice(Math.max(0, lastOnSession));
  const [first, last] = [since[0], since.at(-1)];
  if (!first?.settledAt || !last?.declineKind) return null;
  const lastFailedAt = (last.settledAt ?? first.settledAt).toISOString();
  return {
    firstFailedAt: first.settledAt.toISOString(),
    lastFailedAt,
    retries: since.length - 1,
    lastDecline: last.declineKind,
  };
}
