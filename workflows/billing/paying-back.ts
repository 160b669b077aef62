import { ActivityFailure, ApplicationFailure, patched, proxyActivities, sleep } from '@temporalio/workflow';
import type { RefundReturnActivities } from '../../activities/billing/refund-returns.js';
import type { RefundActivities } from '../../activities/billing/refunds.js';
import { waitBeforeLookUp } from '../../rules/billing/look-ups.js';
import { type Attempt, isGivenUp } from '../durable/human-step.js';
import { money, quick } from '../durable/patience.js';
import { ForStaff, RefundFailed } from '../messages/failures.js';

const { creditInvoice } = proxyActivities<RefundActivities>(quick);
const { refundPayments, lookUpRefunds } = proxyActivities<RefundActivities>(money);
const { replaceRefund } = proxyActivities<RefundReturnActivities>(quick);

/** Money owed back is owed until it went back: by the provider, or by the hands of staff who gave the step up. */
const refund = { name: 'refundPayments', skippable: false };
const returned = { name: 'returnedRefund', skippable: false };

type Sent = Awaited<ReturnType<typeof refundPayments>>;

/** Gives a process the halves of paying back: asking for it, and seeing it through. */
export function payingBack(invoiceId: string, attempt: Attempt) {
  let pending = 0;
  let givenUp = false;
  let blind = false;

  /** Of what was given up in part the rest is looked up all the same. Once that came back too, all of it is asked for. */
  function send(): Promise<boolean> {
    let looks = givenUp;
    const look = () => {
      blind = false;
      return lookUpRefunds(invoiceId).catch((error: unknown) => {
        blind = !cameBack(error);
        looks = blind;
        throw error;
      });
    };
    return seenThrough(() => attempt(refund, () => (looks ? look() : refundPayments(invoiceId))));
  }

  /** Says whether the provider has it; otherwise it is in the hands of staff. */
  async function seenThrough(sending: () => Promise<Sent | undefined>): Promise<boolean> {
    try {
      pending = (await sending())?.pending ?? 0;
      return true;
    } catch (error) {
      if (!isGivenUp(error)) throw error;
      givenUp = patched('pending-refunds-outlive-giving-up');
      pending = givenUp && !blind ? 1 : 0; // looked at in its time, unless the provider itself was given up
      return false;
    }
  }

  return {
    async payBack(reason: 'order_cancelled' | 'order_undeliverable'): Promise<void> {
      await creditInvoice({ invoiceId, reason });
      await send();
    },

    /** What came back from a closed card would come back again: a person says whether it is sent once more. */
    async payBackAgain(refundId: string): Promise<boolean> {
      let asked = false;
      return seenThrough(() =>
        attempt(returned, async () => {
          if (!asked) {
            asked = true;
            throw ApplicationFailure.nonRetryable('the bank sent the refund back after it had succeeded', ForStaff);
          }
          await replaceRefund(refundId);
          return refundPayments(invoiceId);
        }),
      );
    },

    /** A bank may think for days about what it was asked for: looked up until all of it went back. */
    async wentBack(): Promise<void> {
      for (let lookUps = 0; pending > 0; lookUps++) {
        await sleep(waitBeforeLookUp(lookUps), { summary: 'until the refund is looked up again' });
        await send();
      }
    },
  };
}

function cameBack(error: unknown): boolean {
  return (
    error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === RefundFailed
  );
}
