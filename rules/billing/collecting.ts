import type { ScheduleRefusal } from './schedule-change.js';

/**
 * Why staff may not act on an invoice just now. `order`: it waits for this money, and lapses by itself. `noCard`: the one
 * that was chosen is not there. `askedLately`: the customer was asked within a day.
 * `aboveLimit`: more than the role of whoever asks may give up of an invoice; `aboveDayLimit`: within a day.
 */
export type DeskRefusal =
  | 'closed'
  | 'underWay'
  | 'unknown'
  | 'order'
  | 'noCard'
  | 'askedLately'
  | 'aboveLimit'
  | 'aboveDayLimit'
  | ScheduleRefusal;

interface Circumstances {
  readonly status: string;
  /** How the open attempt stands, where there is one. */
  readonly attempt: string | undefined;
}

/**
 * Whether staff may try a card, say when the next one is tried, or book money on an invoice: only while it is open, and
 * never while nobody can say whether a card is being charged for it. Nothing where they may.
 */
export function deskRefusal({ status, attempt }: Circumstances): 'closed' | 'underWay' | 'unknown' | undefined {
  if (status !== 'open') return 'closed';
  if (attempt === undefined) return undefined;
  return attempt === 'unknown' ? 'unknown' : 'underWay';
}

/**
 * A transfer may come in late: what was written off is then so much smaller, and for an invoice that was paid or taken back
 * all of it is the customer's credit, which whoever books it has to know (`asCredit`). Else as every act at the desk.
 */
export function transferRefusal({
  asCredit,
  ...known
}: Circumstances & { readonly asCredit: boolean }): DeskRefusal | undefined {
  if (known.status === 'uncollectible') return undefined;
  return deskRefusal(asCredit && isSettled(known.status) ? { ...known, status: 'open' } : known);
}

/** Nothing is owed on it, and money that comes all the same is the customer's. */
function isSettled(status: string): boolean {
  return status === 'paid' || status === 'void';
}

/**
 * Whether an invoice may be written off. Not where an order waits for the money: nothing was delivered on it, so nothing is
 * lost, and it lapses by itself or is cancelled. What was delivered stays as it is: a service is suspended or ended by its
 * own dunning or cancellation, never by the books, and dunning has nothing left to remind of.
 */
export function writeOffRefusal({ order, ...known }: Circumstances & { order: string | undefined }) {
  return deskRefusal(known) ?? (order === 'awaiting_payment' ? 'order' : undefined);
}

/** A letter is given a day to be read. */
export const CARD_REQUEST_REST_MS = 86_400_000;

/** Whether the customer may be asked for another card by letter: once a day at most. */
export function cardRequestRefusal({
  askedAt,
  now,
  ...known
}: Circumstances & { readonly askedAt: Date | null; readonly now: Date }): DeskRefusal | undefined {
  const barred = deskRefusal(known);
  if (barred) return barred;
  return askedAt && now.getTime() - askedAt.getTime() < CARD_REQUEST_REST_MS ? 'askedLately' : undefined;
}
