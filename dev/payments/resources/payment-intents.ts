import { z } from 'zod';
import type { Account } from '../account.js';
import type { Api } from '../api/api.js';
import { invalidRequest, unexpectedState } from '../api/failures.js';
import { dated, page } from '../api/lists.js';
import { flag, list, papers, parameters, text, whole } from '../api/parameters.js';
import { newClientSecret, newId } from '../ids.js';
import { checkChargeable, currencyNamed } from '../money/currencies.js';
import type { PaymentIntent } from '../state/objects.js';
import { capturedCharge } from './charges.js';
import { customerOf } from './customers.js';
import { checkSecret, mustBeOpen, paymentIntentOf, refusedVisibly, visible } from './intents.js';
import { confirmedPayment } from './payment-confirmation.js';
import { usableCard } from './payment-methods.js';

const confirmation = {
  off_session: flag.optional(),
  payment_method: text.optional(),
  return_url: text.optional(),
  use_stripe_sdk: flag.optional(),
};
const creation = parameters({
  ...confirmation,
  amount: whole,
  capture_method: z.enum(['automatic', 'automatic_async', 'manual']).optional(),
  confirm: flag.optional(),
  currency: text,
  customer: text.optional(),
  description: text.optional(),
  metadata: papers.optional(),
  payment_method_types: list.optional(),
  setup_future_usage: z.enum(['on_session', 'off_session']).optional(),
});

export function paymentIntentRoutes(api: Api, account: Account): void {
  api.on('POST', '/payment_intents', creation, (given, { origin }) => {
    if (given.off_session !== undefined && !given.confirm) throw onlyWhenConfirming('off_session');
    const intent = account.paymentIntents.put(made(account, given));
    account.tell('payment_intent.created', intent);
    return given.confirm ? confirmedPayment(account, intent, howOf(given, origin)) : intent;
  });

  api.on('GET', '/payment_intents', parameters({ ...dated, customer: text.optional() }), ({ customer, ...at }) =>
    page('/v1/payment_intents', account.paymentIntents, at, { where: { customer } }),
  );

  const reading = parameters({ client_secret: text.optional() });
  api.on(
    'GET',
    '/payment_intents/:id',
    reading,
    ({ client_secret }, call) => {
      const intent = paymentIntentOf(account, call.id);
      checkSecret(intent, client_secret, call);
      return visible(intent, call);
    },
    { forPages: true },
  );

  const changes = parameters({
    description: text.optional(),
    metadata: papers.optional(),
    payment_method: text.optional(),
  });
  api.on('POST', '/payment_intents/:id', changes, ({ expand: _, metadata, payment_method, ...given }, { id }) => {
    const before = paymentIntentOf(account, id);
    if (payment_method !== undefined) mustBeOpen(before, 'update');
    const card = payment_method === undefined ? undefined : cardFor(account, before, payment_method);
    return account.paymentIntents.put({ ...before, ...given, ...card, metadata: { ...before.metadata, ...metadata } });
  });

  api.on(
    'POST',
    '/payment_intents/:id/confirm',
    parameters({ ...confirmation, client_secret: text.optional() }),
    ({ client_secret, ...how }, call) => {
      const intent = paymentIntentOf(account, call.id);
      checkSecret(intent, client_secret, call);
      return refusedVisibly(call, () => visible(confirmedPayment(account, intent, howOf(how, call.origin)), call));
    },
    { forPages: true },
  );

  api.on(
    'POST',
    '/payment_intents/:id/cancel',
    parameters({ cancellation_reason: text.optional() }),
    (given, { id }) => {
      const before = paymentIntentOf(account, id);
      mustBeOpen(before, 'cancel', ['requires_capture', 'processing']);
      const cancelled = account.paymentIntents.put({
        ...before,
        status: 'canceled',
        amount_capturable: 0,
        canceled_at: account.now(),
        cancellation_reason: given.cancellation_reason ?? null,
        next_action: null,
      });
      account.tell('payment_intent.canceled', cancelled);
      return cancelled;
    },
  );

  api.on(
    'POST',
    '/payment_intents/:id/capture',
    parameters({ amount_to_capture: whole.optional() }),
    (given, { id }) => {
      const before = paymentIntentOf(account, id);
      if (before.status !== 'requires_capture') throw unexpectedState('payment', before.status, 'capture');
      return captured(account, before, given.amount_to_capture ?? before.amount);
    },
  );
}

type Creation = z.output<typeof creation>;

function made(account: Account, given: Creation): PaymentIntent {
  const currency = currencyNamed(given.currency);
  checkChargeable(given.amount, currency);
  const customer = given.customer === undefined ? null : customerOf(account, given.customer, 'customer').id;
  const card = given.payment_method === undefined ? undefined : usableCard(account, given.payment_method, customer);
  const id = newId('pi');
  return {
    id,
    object: 'payment_intent',
    amount: given.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: given.capture_method ?? 'automatic_async',
    client_secret: newClientSecret(id),
    confirmation_method: 'automatic',
    created: account.now(),
    currency,
    customer,
    description: given.description ?? null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: given.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: card?.id ?? null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: given.payment_method_types ?? ['card'],
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: given.setup_future_usage ?? null,
    shipping: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: card ? 'requires_confirmation' : 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
}

function howOf(given: Partial<Pick<Creation, keyof typeof confirmation>>, origin: string) {
  const {
    off_session: offSession = false,
    use_stripe_sdk: inDialog = false,
    return_url: returnUrl,
    payment_method,
  } = given;
  if (offSession && inDialog)
    throw invalidRequest('You cannot use `use_stripe_sdk` off session: nobody is there.', { param: 'use_stripe_sdk' });
  return { origin, offSession, inDialog, returnUrl, paymentMethod: payment_method };
}

function cardFor(account: Account, intent: PaymentIntent, named: string) {
  mustBeOpen(intent, 'update');
  return { payment_method: usableCard(account, named, intent.customer).id, status: 'requires_confirmation' as const };
}

function captured(account: Account, before: PaymentIntent, amount: number): PaymentIntent {
  if (amount < 1 || amount > before.amount_capturable) {
    throw invalidRequest('The amount to capture must not exceed what was authorized.', {
      code: 'amount_too_large',
      param: 'amount_to_capture',
    });
  }
  const charge = account.charges.get(String(before.latest_charge));
  if (charge) capturedCharge(account, charge, amount);
  const paid = { ...before, status: 'succeeded', amount_capturable: 0, amount_received: amount } as const;
  account.tell('payment_intent.succeeded', account.paymentIntents.put(paid));
  return paid;
}

function onlyWhenConfirming(param: string) {
  return invalidRequest(`You cannot provide \`${param}\` unless \`confirm\` is set to true.`, { param });
}
