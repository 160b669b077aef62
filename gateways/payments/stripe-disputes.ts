import type Stripe from 'stripe';
import type { DisputeStatus } from '../../rules/billing/dispute-status.js';
import type { Dispute } from './payments.js';
import { idOf } from './stripe-charges.js';

const states: Readonly<Record<string, Exclude<DisputeStatus, 'reported'>>> = {
  warning_needs_response: 'inquiry',
  needs_response: 'open',
  warning_under_review: 'under_review',
  under_review: 'under_review',
  won: 'won',
  lost: 'lost',
  warning_closed: 'closed',
  prevented: 'closed',
};

/** A dispute in our words. What the balance lost and paid in fees stands in its balance transactions. */
export function disputeOf(dispute: Stripe.Dispute): Dispute {
  const { id, status, reason, amount, currency, balance_transactions: movements, evidence_details } = dispute;
  const fee = movements.reduce((sum, movement) => sum + movement.fee, 0);
  const feeCurrency = movements[0]?.currency ?? currency;
  return {
    id,
    intentId: idOf(dispute.payment_intent),
    state: states[status] ?? 'under_review',
    reason,
    amount: { amountMinor: amount, currency: currency.toUpperCase() },
    taken: movements.some((movement) => movement.amount < 0),
    fee: { amountMinor: Math.max(0, fee), currency: feeCurrency.toUpperCase() },
    answerBy: evidence_details.due_by === null ? null : new Date(evidence_details.due_by * 1000),
  };
}
