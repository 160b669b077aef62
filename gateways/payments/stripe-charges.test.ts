import type Stripe from 'stripe';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chargeOf, refundOf } from './stripe-charges.js';

const reading = suite('[BIL-05] Stripe’s objects in our words');

function intent(changes: Partial<Stripe.PaymentIntent>): Stripe.PaymentIntent {
  const usual = {
    id: 'pi_1',
    status: 'requires_payment_method',
    last_payment_error: null,
    metadata: { attempt_id: 'a-1' },
  };
  return { ...usual, ...changes } as Stripe.PaymentIntent;
}

reading('[BIL-05] every state of an intent is one of ours', () => {
  for (const [status, state] of [
    ['requires_payment_method', 'unconfirmed'],
    ['requires_confirmation', 'unconfirmed'],
    ['requires_action', 'requires_action'],
    ['processing', 'processing'],
    ['requires_capture', 'processing'],
    ['canceled', 'cancelled'],
  ] as const) {
    assert.equal(chargeOf(intent({ status })), { state, intentId: 'pi_1', attemptId: 'a-1' });
  }
});

reading('[BIL-05] a paid intent names its charge and what came in, expanded or not', () => {
  const amount = { amountMinor: 4500, currency: 'JPY' };
  for (const latest_charge of ['ch_1', { id: 'ch_1' } as Stripe.Charge]) {
    const paid = chargeOf(
      intent({ status: 'succeeded', latest_charge, amount_received: 4500, currency: 'jpy', metadata: {} }),
    );
    assert.equal(paid, { state: 'succeeded', chargeId: 'ch_1', amount, intentId: 'pi_1', attemptId: null });
  }
});

reading('[BIL-05] a refusal keeps the issuer’s word, or at least its class', () => {
  const refused = (error: object) =>
    chargeOf(intent({ last_payment_error: error as Stripe.PaymentIntent.LastPaymentError }));
  const about = { intentId: 'pi_1', attemptId: 'a-1' };
  const lost = { code: 'card_declined', decline_code: 'lost_card' };
  assert.equal(refused(lost), { state: 'declined', kind: 'hard', code: 'lost_card', ...about });
  assert.equal(refused({ code: 'expired_card' }), { state: 'declined', kind: 'hard', code: 'expired_card', ...about });
  const advised = { code: 'card_declined', decline_code: 'generic_decline', advice_code: 'do_not_try_again' };
  assert.equal(refused(advised), { state: 'declined', kind: 'hard', code: 'generic_decline', ...about });
  assert.equal(refused({}), { state: 'declined', kind: 'soft', code: 'unknown', ...about });
});

reading('[BIL-05] a refund is under way until it is done or undone', () => {
  for (const [status, state] of [
    ['pending', 'pending'],
    ['requires_action', 'pending'],
    ['succeeded', 'succeeded'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ] as const) {
    assert.equal(refundOf({ id: 're_1', status } as Stripe.Refund), { id: 're_1', state });
  }
});

reading.run();
