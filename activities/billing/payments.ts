import type { Payments } from '../../gateways/payments/payments.js';
import { type BookCheckDeps, createBookCheckActivities } from './book-checks.js';
import { createChargeActivities } from './charges.js';
import { createCollectionActivities } from './collections.js';
import { createDeskActivities } from './desk.js';
import { createDisputeActivities } from './disputes.js';
import { createSealActivities } from './ledger-seals.js';
import { createPaymentLetterActivities, type PaymentLetterDeps } from './payment-letters.js';
import { createRefundReturnActivities } from './refund-returns.js';
import { createRefundActivities } from './refunds.js';
import { createReversalActivities } from './reversals.js';

export interface PaymentDeps extends PaymentLetterDeps, BookCheckDeps {
  readonly payments: Payments;
}

/** Everything that moves money, and the letters about it. */
export function createPaymentActivities(deps: PaymentDeps) {
  return {
    ...createCollectionActivities(),
    ...createDeskActivities(),
    ...createChargeActivities(deps),
    ...createPaymentLetterActivities(deps),
    ...createRefundActivities(deps),
    ...createRefundReturnActivities(deps),
    ...createDisputeActivities(deps),
    ...createReversalActivities(deps),
    ...createSealActivities(),
    ...createBookCheckActivities(deps),
  };
}
