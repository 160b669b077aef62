import type Stripe from 'stripe';
import { declineKind } from '../../rules/billing/declines.js';
import type { Card, Charge, ChargeState, Refund } from './payments.js';

/** A payment intent in our words. */
export function chargeOf(intent: Stripe.PaymentIntent): Charge {
  return { ...stateOf(intent), intentId: intent.id, attemptId: intent.metadata.attempt_id ?? null };
}

function stateOf(intent: Stripe.PaymentIntent): ChargeState {
  switch (intent.status) {
    case 'succeeded':
      return {
        state: 'succeeded',
        chargeId: idOf(intent.latest_charge) ?? intent.id,
        amount: { amountMinor: intent.amount_received, currency: intent.currency.toUpperCase() },
      };
    case 'requires_payment_method':
      return intent.last_payment_error ? declined(intent.last_payment_error) : { state: 'unconfirmed' };
    case 'canceled':
      return { state: 'cancelled' };
    case 'requires_action':
      return { state: 'requires_action' };
    case 'requires_confirmation':
      return { state: 'unconfirmed' };
    default:
      return { state: 'processing' };
  }
}

type Refusal = Pick<Stripe.PaymentIntent.LastPaymentError, 'code' | 'decline_code' | 'advice_code'>;

function declined({ code, decline_code, advice_code }: Refusal): ChargeState {
  const kind = declineKind({ code: code ?? null, reason: decline_code || null, advice: advice_code ?? null });
  return { state: 'declined', kind, code: decline_code || code || 'unknown' };
}

export function cardOf({ id, customer, card }: Stripe.PaymentMethod): Card | undefined {
  const account = idOf(customer);
  if (!card || account === null) return undefined;
  const { brand, last4, exp_month: expMonth, exp_year: expYear } = card;
  return { id, account, brand, last4, expMonth, expYear };
}

export function refundOf({ id, status }: Stripe.Refund): Refund {
  if (status === 'succeeded') return { id, state: 'succeeded' };
  return { id, state: status === 'failed' || status === 'canceled' ? 'failed' : 'pending' };
}

export function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null);
}
