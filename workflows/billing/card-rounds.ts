import { ApplicationFailure, condition, setHandler, uuid4 } from '@temporalio/workflow';
import type { KnownCharge } from '../../activities/billing/charges.js';
import type { Settlement } from '../../rules/billing/settlement.js';
import type { AskedBy } from '../messages/desk.js';
import { AmountChanged, AttemptUnderWay, InvoiceClosed, NoAttempt } from '../messages/failures.js';
import {
  type AttemptOutcome,
  chargeMoved,
  type PaymentWish,
  payInvoice,
  type RetryWish,
  resumeAttempt,
  retryPayment,
  type ShownAmount,
} from '../messages/invoice-payment.js';

/** One attempt with one card, and what those who wait for it are told. */
export interface Round {
  readonly attemptId: string;
  /** The customer's usual card where none is named. */
  readonly paymentMethodId?: string;
  readonly onSession: boolean;
  /** What the customer was shown. */
  readonly shown?: ShownAmount;
  /** Who of the staff asked for it. */
  readonly by?: AskedBy;
  /** Whether it is the one that staff planned. */
  readonly planned?: boolean;
  answer?: AttemptOutcome | undefined;
  /** It is no longer what was shown. */
  changed?: true;
}

type Told = KnownCharge | Settlement | { readonly state: 'held' | 'paid_from_credit' };

/** Takes the customer's clicks while the process lives: one round at a time, and a second click meets the first one's. */
export function cardRounds() {
  let open = true;
  let begun = false;
  let wanted: Round | undefined; //  asked for by the customer, not begun
  let current: Round | undefined; // under way
  let last: AttemptOutcome | undefined;
  const news = { pending: false };

  setHandler(chargeMoved, () => {
    news.pending = true;
  });
  setHandler<AttemptOutcome, Parameters<typeof pay>, typeof payInvoice>(payInvoice, pay, {
    validator: refuseWhenClosed,
  });
  setHandler<AttemptOutcome, Parameters<typeof retry>, typeof retryPayment>(retryPayment, retry, {
    validator: refuseWhenUnderWay,
  });
  setHandler(resumeAttempt, resume, { validator: refuseWhenClosed });

  /**
   * Another card takes the place of one whose bank still waits for its customer, or that waits at a stop; and there the
   * customer's own click takes the place of what came by the calendar.
   */
  async function pay(wish: PaymentWish): Promise<AttemptOutcome> {
    await condition(() => begun);
    const status = current?.answer?.status;
    const isAnother = current?.paymentMethodId !== wish.paymentMethodId;
    const replaces = status === 'held' ? isAnother || !current?.onSession : status === 'requires_action' && isAnother;
    if (!current || replaces) wanted ??= { attemptId: uuid4(), ...wish, onSession: true };
    return answerTo(wanted ?? current);
  }

  /** Whatever is under way decides first: two tries never run, and nobody is told another's answer. */
  async function retry(wish: RetryWish): Promise<AttemptOutcome> {
    await condition(() => begun);
    if (wish.attemptId !== undefined && last?.attemptId === wish.attemptId) return last;
    refuseWhenUnderWay(wish);
    const same = roundOf(wish);
    if (!same) wanted = { attemptId: uuid4(), ...wish, onSession: false };
    return answerTo(same ?? wanted);
  }

  async function resume(): Promise<AttemptOutcome> {
    await condition(() => begun);
    if (current) {
      current.answer = undefined;
      news.pending = true;
      return answerTo(current);
    }
    if (last) return last;
    throw ApplicationFailure.nonRetryable('nothing was ever charged here', NoAttempt);
  }

  async function answerTo(round: Round | undefined): Promise<AttemptOutcome> {
    await condition(() => round?.answer !== undefined || round?.changed === true || !open);
    if (round?.answer) return round.answer;
    if (round?.changed) throw ApplicationFailure.nonRetryable('it is no longer what was shown', AmountChanged);
    throw ApplicationFailure.nonRetryable('the invoice was settled meanwhile', InvoiceClosed);
  }

  function refuseWhenClosed(): void {
    if (!open) throw ApplicationFailure.nonRetryable('the invoice is settled', InvoiceClosed);
  }

  function roundOf({ attemptId }: RetryWish): Round | undefined {
    return attemptId === undefined ? undefined : [wanted, current].find((round) => round?.attemptId === attemptId);
  }

  function refuseWhenUnderWay(wish: RetryWish): void {
    refuseWhenClosed();
    if ((current || wanted) && !roundOf(wish))
      throw ApplicationFailure.nonRetryable('a try is under way', AttemptUnderWay);
  }

  return {
    news,
    isWanted: () => wanted !== undefined,
    isUnderWay: () => current !== undefined,
    /** Whether what is under way waits at an emergency stop and has not begun. */
    isHeld: () => current?.answer?.status === 'held',
    isOver: () => !open,

    /** From now on clicks are taken; a round that was under way before is the one they meet. */
    begin(standing?: Round): void {
      current = standing;
      begun = true;
    },

    /** What somebody asked for, or else a round of our own, with nobody in front of the page: with a planned card, or the usual one. */
    next(plannedCard?: string): Round {
      const planned = plannedCard ? { paymentMethodId: plannedCard, planned: true } : {};
      current = wanted ?? { attemptId: uuid4(), onSession: false, ...planned };
      wanted = undefined;
      return current;
    },

    tell(charge: Told): void {
      if (current) current.answer = last = outcomeOf(current.attemptId, charge);
    },

    refuseAsChanged(): void {
      if (current) current.changed = true;
    },

    over(): void {
      current = undefined;
    },

    close(): void {
      open = false;
    },
  };
}

function outcomeOf(attemptId: string, charge: Told): AttemptOutcome {
  const { state } = charge;
  if (state === 'declined') return { attemptId, status: state, declineCode: charge.code };
  if (state === 'cancelled') return { attemptId, status: 'declined', declineCode: 'cancelled' };
  return { attemptId, status: state === 'unconfirmed' ? 'processing' : state };
}
