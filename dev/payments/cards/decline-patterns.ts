import type { Account } from '../account.js';
import { drawn } from '../seeded.js';
import type { PaymentMethod } from '../state/objects.js';
import type { Row } from '../state/store.js';

/**
 * Cards that have bad weeks. Each charge of a card, or of a customer whatever the card, starts a run of declines with a
 * chance; after the run the next charge goes through. All of it follows from the seed and from how many charges that card
 * or customer has seen, not from when or in what company they came.
 */
export interface DeclinePattern extends Row {
  readonly seed: string;
  readonly by: 'card' | 'customer';
  /** Only this card or customer; absent, each for itself. */
  readonly subject?: string;
  /** Of a charge that follows no run. */
  readonly chance: number;
  readonly shortest: number;
  readonly longest: number;
  readonly codes: readonly string[];
}

/** Where one card or customer stands in a pattern. */
export interface DeclineRun extends Row {
  readonly charges: number;
  /** Declines that are still to come. */
  readonly left: number;
  readonly code: string;
}

/** The decline code with which the patterns refuse this charge. */
export function patternDecline(account: Account, method: PaymentMethod): string | undefined {
  for (const pattern of account.declinePatterns.oldest()) {
    const subject = pattern.by === 'card' ? method.id : method.customer;
    if (subject === null || (pattern.subject !== undefined && pattern.subject !== subject)) continue;
    const id = `${pattern.id} ${subject}`;
    const next = nextRun(pattern, subject, account.declineRuns.get(id));
    account.declineRuns.put({ id, charges: next.charges, left: next.left, code: next.code });
    if (next.declines) return next.code;
  }
  return undefined;
}

function nextRun(pattern: DeclinePattern, subject: string, before: DeclineRun | undefined) {
  const { charges = 0, left = 0, code = '' } = before ?? {};
  const count = charges + 1;
  if (left > 0) return { charges: count, left: left - 1, code, declines: true };
  const justOver = code !== '';
  const draw = (what: string) => drawn(pattern.seed, subject, count, what);
  if (justOver || draw('start') >= pattern.chance) return { charges: count, left: 0, code: '', declines: false };
  const { shortest, longest, codes } = pattern;
  const length = shortest + Math.floor(draw('length') * (longest - shortest + 1));
  const chosen = codes[Math.floor(draw('code') * codes.length)] ?? 'generic_decline';
  return { charges: count, left: length - 1, code: chosen, declines: true };
}
