import { ApplicationFailure } from '@temporalio/common';
import type { Payments } from '../../gateways/payments/payments.js';
import { Dispute } from '../../models/billing/dispute.js';
import { Invoice } from '../../models/billing/invoice.js';
import type { DisputeStatus } from '../../rules/billing/dispute-status.js';
import { ChargeMismatch } from '../../workflows/messages/failures.js';
import { askedAt } from '../durable/clock.js';
import { heartbeating } from '../durable/heartbeats.js';

export interface DisputeDeps {
  readonly payments: Pick<Payments, 'lookUpDispute'>;
}

interface Look {
  readonly status: DisputeStatus;
  /** The provider's word for why. */
  readonly reason: string;
  /** ISO 8601; nothing where the bank names no day. */
  readonly answerBy: string | null;
  readonly labels: { readonly customer: string; readonly invoice: string };
}

export type DisputeActivities = ReturnType<typeof createDisputeActivities>;

export function createDisputeActivities({ payments }: DisputeDeps) {
  return {
    /** Asks the provider how it stands, and writes and books what is new. */
    async lookAtDispute(disputeId: string): Promise<Look> {
      const known = await Dispute.query().findById(disputeId).withGraphFetched('attempt').throwIfNotFound();
      const seen = await heartbeating(() => payments.lookUpDispute(known.providerId));
      if (seen.intentId !== known.attempt.intentId) {
        const reason = `${seen.id} is over another charge (${seen.intentId}) than it was said to be`;
        throw ApplicationFailure.nonRetryable(reason, ChargeMismatch);
      }
      const { status, reason, answerBy } = await known.stands(seen, askedAt());
      const invoice = Invoice.query().findById(known.attempt.invoiceId).withGraphFetched('customer').throwIfNotFound();
      const { number, customer } = await invoice;
      const labels = { customer: customer.number, invoice: number };
      return { status, reason, answerBy: answerBy?.toISOString() ?? null, labels };
    },
  };
}
