import { ApplicationFailure, condition, proxyActivities, setHandler } from '@temporalio/workflow';
import type { Standing } from '../../activities/billing/collections.js';
import type { DeskActivities, DeskAnswer } from '../../activities/billing/desk.js';
import type { PaymentLetterActivities } from '../../activities/billing/payment-letters.js';
import { aside } from '../durable/asides.js';
import { postalAside, quick } from '../durable/patience.js';
import { type AskedBy, askForCard, changeSchedule, type DeskRefusal, refusedWith, writeOff } from '../messages/desk.js';
import type { cardRounds } from './card-rounds.js';

const { planRetry, writeOffInvoice, requestCard } = proxyActivities<DeskActivities>(quick);
const { sendCardRequest } = proxyActivities<PaymentLetterActivities>(postalAside);

interface Wish {
  readonly act: () => Promise<DeskAnswer>;
  answer?: DeskAnswer;
}

/** Takes what staff ask for besides a try. The process does it between two tries, one after the other: nothing crosses. */
export function deskActs(invoiceId: string, rounds: ReturnType<typeof cardRounds>) {
  const wishes: Wish[] = [];

  setHandler(changeSchedule, (wish) => done(() => planRetry({ invoiceId, ...wish })), { validator: refuse });
  setHandler(writeOff, (wish) => done(() => writeOffInvoice({ invoiceId, ...wish })), { validator: refuse });
  setHandler(askForCard, ({ by }) => done(() => letter(by)), { validator: refuse });

  async function letter(by: AskedBy): Promise<DeskAnswer> {
    const answer = await requestCard({ invoiceId, by });
    if (!answer.refusal) aside(() => sendCardRequest({ invoiceId, askedAt: answer.askedAt }));
    return answer;
  }

  async function done(act: Wish['act']): Promise<void> {
    const wish: Wish = { act };
    wishes.push(wish);
    await condition(() => wish.answer !== undefined || rounds.isOver());
    if (!wish.answer) throw refusal('closed');
    if (wish.answer.refusal) throw refusal(wish.answer.refusal);
  }

  function refuse(_wish: unknown): void {
    if (rounds.isOver()) throw refusal('closed');
    if ((rounds.isUnderWay() && !rounds.isHeld()) || rounds.isWanted()) throw refusal('underWay');
  }

  return {
    isWanted: () => wishes.length > 0,

    /** Does what was asked for first; its answer is told, and how the invoice stands then. */
    async doNext(standing: Standing): Promise<Standing> {
      const [wish] = wishes;
      if (!wish) return standing;
      wish.answer = await wish.act();
      wishes.shift();
      return wish.answer.standing;
    },
  };
}

function refusal(reason: DeskRefusal): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`refused: ${reason}`, refusedWith[reason]);
}
