import type { Account } from '../account.js';
import { ApiFailure, invalidRequest, unexpectedState } from '../api/failures.js';
import { chargeVerdict } from '../cards/bank.js';
import { patternDecline } from '../cards/decline-patterns.js';
import { type BankDecline, bankDecline } from '../cards/declines.js';
import type { PaymentIntent, PaymentMethod } from '../state/objects.js';
import { madeCharge } from './charges.js';
import { challengeOf } from './intents.js';
import { testCardOf, usableCard } from './payment-methods.js';
import { cardError, declinedFailure } from './refusals.js';

export interface Confirmation {
  readonly origin: string;
  readonly offSession: boolean;
  readonly inDialog: boolean;
  readonly returnUrl?: string;
  readonly paymentMethod?: string;
}

/** Asks the bank. A refusal is kept on the intent, and thrown as the card error that the caller sees. */
export function confirmedPayment(account: Account, before: PaymentIntent, how: Confirmation): PaymentIntent {
  const intent = confirmable(account, before, how);
  const method = usableCard(account, String(intent.payment_method), intent.customer);
  const planned = account.plannedDeclines.shift() ?? patternDecline(account, method);
  if (planned !== undefined) return declinedPayment(account, intent, method, bankDecline(planned));

  const authenticatedAtSaving = account.vault.get(method.id)?.authenticatedAtSaving ?? false;
  const asked = { authenticated: false, offSession: how.offSession, authenticatedAtSaving };
  const verdict = chargeVerdict(testCardOf(account, method), asked);
  if (verdict.answer === 'decline') return declinedPayment(account, intent, method, verdict.decline);
  if (verdict.answer === 'approve') return paidPayment(account, intent, method);

  const waiting = account.paymentIntents.put({
    ...intent,
    status: 'requires_action',
    next_action: challengeOf(intent, how.origin, how),
    last_payment_error: null,
  });
  account.tell('payment_intent.requires_action', waiting);
  return waiting;
}

/** The customer answered the bank's question: the payment goes on, or is over with this card. */
export function answeredPayment(account: Account, before: PaymentIntent, confirmed: boolean): PaymentIntent {
  if (before.status !== 'requires_action') throw unexpectedState('payment', before.status, 'authenticate');
  const intent = { ...before, next_action: null };
  const method = usableCard(account, String(intent.payment_method), intent.customer);
  if (!confirmed) return unauthenticatedPayment(account, intent, method);

  const asked = { authenticated: true, offSession: false, authenticatedAtSaving: false };
  const verdict = chargeVerdict(testCardOf(account, method), asked);
  if (verdict.answer !== 'decline') return paidPayment(account, intent, method);
  try {
    return declinedPayment(account, intent, method, verdict.decline);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return account.paymentIntents.get(intent.id) as PaymentIntent;
  }
}

function confirmable(account: Account, intent: PaymentIntent, { paymentMethod }: Confirmation): PaymentIntent {
  if (intent.status !== 'requires_confirmation' && intent.status !== 'requires_payment_method') {
    throw unexpectedState('payment', intent.status, 'confirm');
  }
  const named = paymentMethod ?? intent.payment_method;
  if (named !== null) return { ...intent, payment_method: usableCard(account, named, intent.customer).id };
  const message =
    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.";
  throw invalidRequest(message, { code: 'payment_intent_unexpected_state' });
}

function paidPayment(account: Account, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const charge = madeCharge(account, intent, method);
  const settled = { ...intent, payment_method: method.id, last_payment_error: null, latest_charge: charge.id };
  const paid = account.paymentIntents.put(
    charge.captured
      ? { ...settled, status: 'succeeded', amount_received: intent.amount }
      : { ...settled, status: 'requires_capture', amount_capturable: intent.amount },
  );
  account.tell(charge.captured ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated', paid);
  return paid;
}

function declinedPayment(account: Account, intent: PaymentIntent, method: PaymentMethod, decline: BankDecline): never {
  const charge = madeCharge(account, intent, method, decline);
  const error = { ...cardError(decline), charge: charge.id, payment_method: method };
  const failed = failedPayment(account, { ...intent, latest_charge: charge.id }, error);
  throw declinedFailure(decline, { charge: charge.id, payment_intent: failed, payment_method: method });
}

const UNANSWERED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.';

function unauthenticatedPayment(account: Account, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const code = 'payment_intent_authentication_failure';
  return failedPayment(account, intent, {
    type: 'invalid_request_error',
    code,
    message: UNANSWERED,
    payment_method: method,
  });
}

function failedPayment(account: Account, intent: PaymentIntent, error: object): PaymentIntent {
  const failed = account.paymentIntents.put({
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_payment_error: { ...error },
  });
  account.tell('payment_intent.payment_failed', failed);
  return failed;
}
