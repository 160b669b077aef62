import type { Payments } from '../../gateways/payments/payments.js';
import { Dispute } from '../../models/billing/dispute.js';
import { Refund } from '../../models/billing/refund.js';
import { RefundReturn } from '../../models/billing/refund-return.js';
import { askedAt } from '../durable/clock.js';
import { heartbeating } from '../durable/heartbeats.js';

export interface ReversalDeps {
  readonly payments: Pick<Payments, 'reversals'>;
}

/** A bank sends a refund back within weeks; a dispute that nobody heard of for so long was decided without us. */
const LOOKED_BACK_MS = 60 * 24 * 3_600_000;

export function createReversalActivities({ payments }: ReversalDeps) {
  return {
    /**
     * Refunds that came back and disputes of which every webhook was lost: promised to their processes, which look each up,
     * as if the provider had called. What is known already is left alone.
     */
    async followReversals(): Promise<void> {
      const at = askedAt();
      await heartbeating(async () => {
        for (const found of await payments.reversals(new Date(at.getTime() - LOOKED_BACK_MS))) {
          if (found.kind === 'dispute') await Dispute.report({ providerId: found.id, intentId: found.intentId }, at);
          else await reportReturn(found.id, at);
        }
      });
    },
  };
}

/** While it has not succeeded here, whoever asked for it looks it up. */
async function reportReturn(providerId: string, at: Date): Promise<void> {
  const refund = await Refund.query().findOne({ providerId, status: 'succeeded' });
  if (refund) await RefundReturn.report(refund.id, at);
}
