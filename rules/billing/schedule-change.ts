import type { DeclineKind } from './declines.js';
import type { RetryPlan } from './retry-schedule.js';

/** What staff may say of the next try. `at`: then, with this card. `hold`: none by itself before. `usual`: as the schedule has it. */
export type ScheduleChange =
  | { readonly kind: 'at'; readonly at: string; readonly paymentMethodId: string }
  | { readonly kind: 'hold'; readonly until: string }
  | { readonly kind: 'usual' };

export type ScheduleRefusal = 'tooSoon' | 'tooLate' | 'refusedCard' | 'asksCustomer' | 'nothingPlanned';

/** What is sooner than this is a try now, which tells at once what came of it. */
export const SOONEST_MINUTES = 10;
/** An invoice left alone for longer is forgotten: who needs more time is given it once more, by somebody who looks at it. */
export const LATEST_DAYS = 30;

interface Known {
  readonly now: Date;
  /** The last try that failed, where there was one. */
  readonly last: { readonly kind: DeclineKind; readonly paymentMethodId: string } | undefined;
  /** When a card is tried next as things stand. */
  readonly next: string | undefined;
}

/**
 * Why the schedule may not be changed so; nothing where it may. A card that its bank refused for good is not tried again,
 * whoever asks: each such try costs a fee from the card networks. A bank that asks for its customer does not hear us.
 */
export function scheduleRefusal(change: ScheduleChange, { now, last, next }: Known): ScheduleRefusal | undefined {
  if (change.kind === 'usual') return undefined;
  const then = Date.parse(change.kind === 'at' ? change.at : change.until) - now.getTime();
  if (then < SOONEST_MINUTES * 60_000) return 'tooSoon';
  if (then > LATEST_DAYS * 86_400_000) return 'tooLate';
  if (change.kind === 'hold') return next ? undefined : 'nothingPlanned';
  if (last?.paymentMethodId !== change.paymentMethodId || last.kind === 'soft') return undefined;
  return last.kind === 'hard' ? 'refusedCard' : 'asksCustomer';
}

/** What is kept of a change; nothing where all is as the schedule has it. */
export function planOf(change: ScheduleChange): RetryPlan | null {
  if (change.kind === 'usual') return null;
  if (change.kind === 'hold') return { heldUntil: change.until };
  return { tryAt: change.at, paymentMethodId: change.paymentMethodId };
}
