import type { DeclineKind } from './declines.js';
import type { RetryPlan } from './retry-schedule.js';

/**
 * What staff may say of the next try. `at`: then, with this card. `hold`: none by itself before. `grant`: so many days later
 * than it stood when they looked. `usual`: as the schedule has it.
 */
export type ScheduleChange =
  | { readonly kind: 'at'; readonly at: string; readonly paymentMethodId: string }
  | { readonly kind: 'hold'; readonly until: string }
  | { readonly kind: 'grant'; readonly days: number; readonly from: string; readonly reason: string }
  | { readonly kind: 'usual' };

export type ScheduleRefusal =
  | 'tooSoon'
  | 'tooLate'
  | 'refusedCard'
  | 'asksCustomer'
  | 'nothingPlanned'
  | 'moved'
  | 'lapses';

/** What is sooner than this is a try now, which tells at once what came of it. */
export const SOONEST_MINUTES = 10;
/** An invoice left alone for longer is forgotten: who needs more time is given it once more, by somebody who looks at it. */
export const LATEST_DAYS = 30;
/** As many as may be given at once. */
export const MOST_DAYS = 14;

const DAY_MS = 86_400_000;

interface Known {
  readonly now: Date;
  /** The last try that failed, where there was one. */
  readonly last: { readonly kind: DeclineKind; readonly paymentMethodId: string } | undefined;
  /** When a card is tried next as things stand. */
  readonly next: string | undefined;
  /** When the order that waits for the money lapses, where one does. */
  readonly lapsesAt?: Date | undefined;
}

/**
 * Why the schedule may not be changed so; nothing where it may. A card that its bank refused for good is not tried again,
 * whoever asks: each such try costs a fee from the card networks. A bank that asks for its customer does not hear us.
 */
export function scheduleRefusal(
  change: ScheduleChange,
  { now, last, next, lapsesAt }: Known,
): ScheduleRefusal | undefined {
  if (change.kind === 'usual') return undefined;
  if (change.kind === 'grant' && next !== change.from) return next ? 'moved' : 'nothingPlanned';
  const at = timeOf(change);
  const then = at.getTime() - now.getTime();
  if (then < SOONEST_MINUTES * 60_000) return 'tooSoon';
  if (then > LATEST_DAYS * DAY_MS) return 'tooLate';
  if (change.kind === 'grant') return lapsesAt && lapsesAt <= at ? 'lapses' : undefined;
  if (change.kind === 'hold') return next ? undefined : 'nothingPlanned';
  if (last?.paymentMethodId !== change.paymentMethodId || last.kind === 'soft') return undefined;
  return last.kind === 'hard' ? 'refusedCard' : 'asksCustomer';
}

/**
 * What is kept of a change to a plan; nothing where all is as the schedule has it. Days are given to whatever comes next: to
 * the try that staff planned, or to the schedule's. Given once more from the same time, they are the same days.
 */
export function planOf(change: ScheduleChange, plan: RetryPlan | null): RetryPlan | null {
  if (change.kind === 'usual') return null;
  if (change.kind === 'at') return { tryAt: change.at, paymentMethodId: change.paymentMethodId };
  const then = timeOf(change).toISOString();
  const isPlanned = change.kind === 'grant' && plan?.tryAt;
  return isPlanned ? { tryAt: then, paymentMethodId: plan.paymentMethodId } : { heldUntil: then };
}

function timeOf(change: Exclude<ScheduleChange, { kind: 'usual' }>): Date {
  if (change.kind === 'at') return new Date(change.at);
  if (change.kind === 'hold') return new Date(change.until);
  return new Date(Date.parse(change.from) + change.days * DAY_MS);
}
