import { ApplicationFailure, proxyActivities, sleep } from '@temporalio/workflow';
import type { RefundActivities } from '../../activities/billing/refunds.js';
import { waitBeforeLookUp } from '../../rules/billing/look-ups.js';
import type { Attempt } from '../durable/human-step.js';
import { money, quick } from '../durable/patience.js';
import { GivenUpByStaff } from '../messages/failures.js';

const { creditInvoice } = proxyActivities<RefundActivities>(quick);
const { refundPayments } = proxyActivities<RefundActivities>(money);

/** Money owed back is owed until it went back: by the provider, or by the hands of staff who gave the step up. */
const refund = { name: 'refundPayments', skippable: false };

/** Gives an order the two halves of paying back: asking for it, and seeing it through. */
export function payingBack(invoiceId: string, attempt: Attempt) {
  let pending = 0;

  async function send(): Promise<void> {
    try {
      const sent = await attempt(refund, () => refundPayments(invoiceId));
      pending = sent?.pending ?? 0;
    } catch (error) {
      if (!(error instanceof ApplicationFailure) || error.type !== GivenUpByStaff) throw error;
      pending = 0;
    }
  }

  return {
    async payBack(reason: 'order_cancelled' | 'order_undeliverable'): Promise<void> {
      await creditInvoice({ invoiceId, reason });
      await send();
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
