import type Stripe from 'stripe';
import type { Movement, Reversal } from './payments.js';
import { idOf } from './stripe-charges.js';

const PAGE = { limit: 100 };

/** All that moved money at Stripe, page after page. What others made under the same account has none of our papers. */
export async function* movementsOf(stripe: Stripe): AsyncGenerator<Movement> {
  for await (const charge of stripe.charges.list(PAGE)) {
    const paper = charge.metadata.attempt_id;
    if (charge.status === 'succeeded') yield movement('charge', charge, charge.payment_intent, paper);
  }
  for await (const refund of stripe.refunds.list(PAGE)) {
    const paper = refund.metadata?.refund_id;
    if (refund.status === 'succeeded') yield movement('refund', refund, refund.payment_intent, paper);
  }
  for await (const dispute of stripe.disputes.list(PAGE)) {
    const taken = dispute.balance_transactions.some(({ amount }) => amount < 0) && dispute.status !== 'won';
    if (taken) yield movement('dispute', dispute, dispute.payment_intent, undefined);
  }
}

/** Of what was made since: refunds that the bank sent back, and disputes, whatever became of them. */
export async function reversalsOf(stripe: Stripe, since: Date): Promise<Reversal[]> {
  const page = { ...PAGE, created: { gte: Math.floor(since.getTime() / 1000) } };
  const found: Reversal[] = [];
  for await (const { id, status } of stripe.refunds.list(page))
    if (status === 'failed') found.push({ kind: 'refund', id });
  for await (const { id, payment_intent } of stripe.disputes.list(page)) {
    const intentId = idOf(payment_intent);
    if (intentId) found.push({ kind: 'dispute', id, intentId });
  }
  return found;
}

type Moved = Pick<Stripe.Charge, 'id' | 'amount' | 'currency'>;
type Intent = Parameters<typeof idOf>[0];

function movement(kind: Movement['kind'], { id, amount, currency }: Moved, intent: Intent, paper?: string): Movement {
  const moved = { amountMinor: amount, currency: currency.toUpperCase() };
  return { kind, id, amount: moved, intentId: idOf(intent), paper: paper ?? null };
}
