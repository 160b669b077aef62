import type { Payments } from '../../gateways/payments/payments.js';
import { Refund } from '../../models/billing/refund.js';
import { RefundReturn } from '../../models/billing/refund-return.js';
import { onReturn } from '../../rules/billing/refund-status.js';
import { askedAt } from '../durable/clock.js';
import { heartbeating } from '../durable/heartbeats.js';

export interface RefundReturnDeps {
  readonly payments: Pick<Payments, 'lookUpRefund'>;
}

interface Found {
  readonly state: ReturnType<typeof onReturn>;
  readonly invoiceId: string;
  readonly labels: { readonly customer: string; readonly invoice: string };
}

export type RefundReturnActivities = ReturnType<typeof createRefundReturnActivities>;

export function createRefundReturnActivities({ payments }: RefundReturnDeps) {
  return {
    /** Asks the provider, and books back what it sent back. `undecided`: our own row does not know of a refund yet. */
    async lookAtReturn(refundId: string): Promise<Found> {
      const refund = await Refund.query().findById(refundId).withGraphFetched('payment').throwIfNotFound();
      const { invoiceId } = refund.payment;
      const labels = await RefundReturn.labelsOf(invoiceId);
      if (refund.status === 'returned') return { state: 'returned', invoiceId, labels };
      const { state: theirs } = refund.providerId
        ? await heartbeating(() => payments.lookUpRefund(refund.providerId ?? ''))
        : { state: 'pending' as const };
      const state = onReturn(refund.status, theirs);
      if (state === 'returned') await RefundReturn.book(refund, askedAt());
      return { state, invoiceId, labels };
    },

    /** The next round of the same credit, under a key of its own; asked twice it is one. */
    async replaceRefund(refundId: string): Promise<void> {
      await RefundReturn.replace(refundId, askedAt());
    },

    async closeReturn(refundId: string): Promise<void> {
      await RefundReturn.close(refundId, askedAt());
    },
  };
}
