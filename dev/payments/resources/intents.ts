import type { Account } from '../account.js';
import type { Call } from '../api/api.js';
import { ApiFailure, invalidRequest, noSuch, unexpectedState } from '../api/failures.js';
import type { NextAction, PaymentIntent, SetupIntent } from '../state/objects.js';

export function paymentIntentOf(account: Account, id: string): PaymentIntent {
  const intent = account.paymentIntents.get(id);
  if (!intent) throw noSuch('payment_intent', id, 'intent');
  return intent;
}

export function setupIntentOf(account: Account, id: string): SetupIntent {
  const intent = account.setupIntents.get(id);
  if (!intent) throw noSuch('setupintent', id, 'intent');
  return intent;
}

/** A page must hold the intent's own secret; a server may name it, and then it must be right as well. */
export function checkSecret(
  intent: PaymentIntent | SetupIntent,
  secret: string | undefined,
  { publishable }: Call,
): void {
  if (secret === intent.client_secret || (secret === undefined && !publishable)) return;
  const kind = intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent';
  throw invalidRequest(`The client_secret provided does not match any associated ${kind} on this account.`, {
    code: `${intent.object}_invalid_parameter`,
    param: 'client_secret',
  });
}

/** What a page may see of an intent. */
export function visible<Intent extends PaymentIntent | SetupIntent>(intent: Intent, { publishable }: Call): object {
  if (!publishable) return intent;
  const { metadata: _, customer: __, ...rest } = intent;
  return rest;
}

/** As `visible`, also for the intent inside a refusal. */
export function refusedVisibly<Answer>(call: Call, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ApiFailure) || !call.publishable) throw error;
    const { payment_intent, setup_intent, ...rest } = error.error;
    const shown = {
      ...(payment_intent ? { payment_intent: visible(payment_intent as PaymentIntent, call) } : {}),
      ...(setup_intent ? { setup_intent: visible(setup_intent as SetupIntent, call) } : {}),
    };
    throw new ApiFailure(error.status, { ...rest, ...shown });
  }
}

/** How the customer is to answer the bank: in a dialog that the page script opens, or on a page of the bank's. */
export function challengeOf(
  intent: PaymentIntent | SetupIntent,
  origin: string,
  { inDialog, returnUrl }: { inDialog: boolean; returnUrl?: string },
): NextAction {
  const url = new URL(`/challenge/${intent.id}`, origin);
  url.searchParams.set('client_secret', intent.client_secret);
  if (inDialog)
    return { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url.href } };
  if (returnUrl !== undefined) url.searchParams.set('return_url', returnUrl);
  return { type: 'redirect_to_url', redirect_to_url: { url: url.href, return_url: returnUrl ?? null } };
}

const open: readonly string[] = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

export function mustBeOpen(intent: PaymentIntent | SetupIntent, verb: string, alsoFrom: readonly string[] = []): void {
  if (open.includes(intent.status) || alsoFrom.includes(intent.status)) return;
  throw unexpectedState(intent.object === 'payment_intent' ? 'payment' : 'setup', intent.status, verb);
}
