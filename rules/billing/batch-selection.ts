import type { StaffRole } from '../accounts/staff-rights.js';
import { CARD_REQUEST_REST_MS } from './collecting.js';
import { LATEST_DAYS } from './schedule-change.js';
import { mayWriteOff } from './write-off-limit.js';

export const batchActs = ['retry', 'ask_card', 'grant', 'write_off'] as const;
export type BatchAct = (typeof batchActs)[number];

/** So many at once: what somebody can still look through before they send it. */
export const BATCH_LIMIT = 500;

export type LeftOut =
  | ('unknown' | 'underWay' | 'hard' | 'asks' | 'cardless' | 'order')
  | ('aboveLimit' | 'askedLately' | 'nothing' | 'lapses' | 'tooLate');

interface Candidate {
  /** How its last try stands. */
  readonly standing: string;
  readonly hasCard: boolean;
  /** Whether an order waits for the money, and when it lapses. */
  readonly isAwaited: boolean;
  readonly lapsesAt: Date | null;
  readonly nextTryAt: Date | null;
  readonly cardAskedAt: Date | null;
  readonly dueMinor: number;
  readonly currency: string;
}

/** Who acts on the set, when, and how many days they grant. */
export interface Circumstances {
  readonly role: StaffRole;
  readonly now: Date;
  readonly days: number;
}

type Reason = (candidate: Candidate, circumstances: Circumstances) => LeftOut | undefined;

const reasons: Readonly<Record<BatchAct, Reason>> = {
  retry: ({ standing, hasCard }) => {
    if (standing === 'hard') return 'hard';
    if (standing === 'authentication_required') return 'asks';
    return hasCard ? undefined : 'cardless';
  },
  ask_card: ({ cardAskedAt }, { now }) =>
    cardAskedAt && now.getTime() - cardAskedAt.getTime() < CARD_REQUEST_REST_MS ? 'askedLately' : undefined,
  grant: ({ nextTryAt, lapsesAt }, { now, days }) => {
    if (!nextTryAt) return 'nothing';
    const then = nextTryAt.getTime() + days * DAY_MS;
    if (lapsesAt && lapsesAt.getTime() <= then) return 'lapses';
    return then - now.getTime() > LATEST_DAYS * DAY_MS ? 'tooLate' : undefined;
  },
  write_off: ({ isAwaited, dueMinor: amountMinor, currency }, { role }) => {
    if (isAwaited) return 'order';
    return mayWriteOff(role, { amountMinor, currency }) ? undefined : 'aboveLimit';
  },
};

const DAY_MS = 86_400_000;

/**
 * Why an invoice is left out of a set that staff act on together; nothing where it is in. Nobody acts on one whose try is
 * not decided. A set is tried with the usual cards and without the customers: what a bank refused for good, or wants its
 * customer for, would bring a fee and nothing else; who knows of another card tries that one on its own page.
 */
export function leftOut(act: BatchAct, candidate: Candidate, circumstances: Circumstances): LeftOut | undefined {
  if (candidate.standing === 'unknown') return 'unknown';
  if (candidate.standing === 'under_way') return 'underWay';
  return reasons[act](candidate, circumstances);
}
