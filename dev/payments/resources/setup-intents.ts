import { z } from 'zod';
import type { Account } from '../account.js';
import type { Api, Call } from '../api/api.js';
import { invalidRequest } from '../api/failures.js';
import { dated, page } from '../api/lists.js';
import { cardData, flag, list, papers, parameters, text } from '../api/parameters.js';
import { enteredCard } from '../cards/card-entry.js';
import { newClientSecret, newId } from '../ids.js';
import type { SetupIntent } from '../state/objects.js';
import { customerOf } from './customers.js';
import { checkSecret, mustBeOpen, refusedVisibly, setupIntentOf, visible } from './intents.js';
import { confirmedSetup } from './setup-confirmation.js';

const creation = parameters({
  customer: text.optional(),
  description: text.optional(),
  metadata: papers.optional(),
  payment_method_types: list.optional(),
  usage: z.enum(['on_session', 'off_session']).optional(),
});

const confirmation = parameters({
  client_secret: text.optional(),
  payment_method: text.optional(),
  payment_method_data: cardData.optional(),
  return_url: text.optional(),
  use_stripe_sdk: flag.optional(),
});

export function setupIntentRoutes(api: Api, account: Account): void {
  api.on('POST', '/setup_intents', creation, (given) => {
    const setup = account.setupIntents.put(made(account, given));
    account.tell('setup_intent.created', setup);
    return setup;
  });

  api.on('GET', '/setup_intents', parameters({ ...dated, customer: text.optional() }), ({ customer, ...at }) =>
    page('/v1/setup_intents', account.setupIntents, at, { where: { customer } }),
  );

  const reading = parameters({ client_secret: text.optional() });
  api.on(
    'GET',
    '/setup_intents/:id',
    reading,
    ({ client_secret }, call) => {
      const setup = setupIntentOf(account, call.id);
      checkSecret(setup, client_secret, call);
      return visible(setup, call);
    },
    { forPages: true },
  );

  api.on(
    'POST',
    '/setup_intents/:id/confirm',
    confirmation,
    (given, call) => refusedVisibly(call, () => visible(confirm(given, call), call)),
    { forPages: true },
  );

  api.on('POST', '/setup_intents/:id/cancel', parameters({ cancellation_reason: text.optional() }), (given, { id }) => {
    const before = setupIntentOf(account, id);
    mustBeOpen(before, 'cancel');
    const reason = given.cancellation_reason ?? null;
    const cancelled = { ...before, status: 'canceled', cancellation_reason: reason, next_action: null } as const;
    account.tell('setup_intent.canceled', account.setupIntents.put(cancelled));
    return cancelled;
  });

  function confirm(given: z.output<typeof confirmation>, call: Call): SetupIntent {
    const setup = setupIntentOf(account, call.id);
    checkSecret(setup, given.client_secret, call);
    mustBeOpen(setup, 'confirm');
    const card = given.payment_method_data ? enteredCard(account, given.payment_method_data).id : given.payment_method;
    if (card === undefined) throw noCard();
    const { use_stripe_sdk: inDialog = false, return_url: returnUrl } = given;
    return confirmedSetup(account, setup, { card, origin: call.origin, inDialog, returnUrl });
  }
}

function made(account: Account, given: z.output<typeof creation>): SetupIntent {
  const id = newId('seti');
  return {
    id,
    object: 'setup_intent',
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: newClientSecret(id),
    created: account.now(),
    customer: given.customer === undefined ? null : customerOf(account, given.customer, 'customer').id,
    description: given.description ?? null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: given.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_options: { card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
    payment_method_types: given.payment_method_types ?? ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: given.usage ?? 'off_session',
  };
}

function noCard() {
  const message =
    "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again.";
  return invalidRequest(message, { code: 'setup_intent_unexpected_state' });
}
