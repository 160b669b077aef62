export const batchActs = ['retry', 'write_off'] as const;
export type BatchAct = (typeof batchActs)[number];

/** So many at once: what somebody can still look through before they send it. */
export const BATCH_LIMIT = 500;

export type LeftOut = 'unknown' | 'underWay' | 'hard' | 'asks' | 'cardless' | 'order';

interface Candidate {
  /** How its last try stands. */
  readonly standing: string;
  readonly hasCard: boolean;
  /** Whether an order waits for the money. */
  readonly isAwaited: boolean;
}

/**
 * Why an invoice is left out of a set that staff act on together; nothing where it is in. Nobody acts on one whose try is
 * not decided. A set is tried with the usual cards and without the customers: what a bank refused for good, or wants its
 * customer for, would bring a fee and nothing else; who knows of another card tries that one on its own page.
 */
export function leftOut(act: BatchAct, { standing, hasCard, isAwaited }: Candidate): LeftOut | undefined {
  if (standing === 'unknown') return 'unknown';
  if (standing === 'under_way') return 'underWay';
  if (act === 'write_off') return isAwaited ? 'order' : undefined;
  if (standing === 'hard') return 'hard';
  if (standing === 'authentication_required') return 'asks';
  return hasCard ? undefined : 'cardless';
}
