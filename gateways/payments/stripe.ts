import { createHash } from 'node:crypto';
import Stripe from 'stripe';
import { type Payments, PaymentsRefused, WebhookNotGenuine } from './payments.js';
import { cardOf, chargeOf, refundOf } from './stripe-charges.js';
import { STRIPE_API, type StripeAccess, stripeClient } from './stripe-client.js';
import { disputeOf } from './stripe-disputes.js';
import { isStoredFailure, sorting, sortingEach, stripeCodeOf } from './stripe-errors.js';
import { paymentEventOf, TOLERANCE_S } from './stripe-events.js';
import { movementsOf, reversalsOf } from './stripe-movements.js';

export interface StripeSettings extends StripeAccess {
  readonly publishableKey: string;
  readonly webhookSecret: string;
  readonly scriptUrl: string;
  readonly now?: () => Date;
}

/** Each was the answer to a person who tried again later. */
const KEYS_TRIED = 20;

/** https://docs.stripe.com/security/guide#content-security-policy */
const stripeOrigins = ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com', STRIPE_API];

/** Payments by Stripe, or by whoever speaks its language at `apiUrl`. */
export function createStripePayments(settings: StripeSettings): Payments {
  const { secretKey, publishableKey, webhookSecret, scriptUrl, apiUrl, now = () => new Date() } = settings;
  const stripe = stripeClient(settings);
  const live = /^[rs]k_live_/.test(secretKey);

  const payments: Payments = {
    cardPage: { publishableKey, scriptUrl, origins: originsOf(scriptUrl, apiUrl) },

    async createAccount({ id, name, email }) {
      const customer = { name, email, metadata: { customer_id: id } };
      const key = `account:${digest(customer)}`;
      const create = (turn: number) => sorting(stripe.customers.create(customer, keyed(turn ? `${key}:${turn}` : key)));
      const { id: account } = await underNextKey(create);
      return { account };
    },

    async startCardSetup(account) {
      const setup = { customer: account, usage: 'off_session' as const, payment_method_types: ['card'] };
      const { id, client_secret } = await sorting(stripe.setupIntents.create(setup));
      return { setupId: id, clientSecret: secretOf(client_secret) };
    },

    async cardOfSetup(setupId) {
      const found = sorting(stripe.setupIntents.retrieve(setupId, { expand: ['payment_method'] }));
      const setup = await found.catch(unlessMissing);
      const card = setup?.payment_method;
      return setup?.status === 'succeeded' && typeof card === 'object' && card !== null ? cardOf(card) : undefined;
    },

    async removeCard(card) {
      const isKept = async () => (await sorting(stripe.paymentMethods.retrieve(card))).customer !== null;
      if (!(await isKept())) return;
      try {
        await sorting(stripe.paymentMethods.detach(card));
      } catch (error) {
        if (!(error instanceof PaymentsRefused) || (await isKept())) throw error; // a second click may have been quicker
      }
    },

    async createCharge({ account, card, amount, attemptId, invoiceNumber }, key) {
      const papers = { attempt_id: attemptId, invoice: invoiceNumber };
      const asked = {
        amount: amount.amountMinor,
        currency: amount.currency.toLowerCase(),
        customer: account,
        payment_method: card,
        payment_method_types: ['card'],
        description: invoiceNumber,
        metadata: papers,
      };
      const { id } = await sorting(stripe.paymentIntents.create(asked, keyed(key)));
      return { intentId: id };
    },

    async confirmCharge(intentId, { onSession, returnUrl }, key) {
      const how = onSession ? { use_stripe_sdk: true, return_url: returnUrl } : { off_session: true };
      try {
        return chargeOf(await stripe.paymentIntents.confirm(intentId, how, keyed(key)));
      } catch (error) {
        const declined = error instanceof Stripe.errors.StripeCardError && error.payment_intent;
        return declined ? chargeOf(declined) : decided(intentId, Promise.reject(error));
      }
    },

    async lookUpCharge(intentId) {
      return chargeOf(await sorting(stripe.paymentIntents.retrieve(intentId)));
    },

    async chargeOfAttempt(account, attemptId) {
      const papers = stripe.paymentIntents.list({ customer: account, limit: 100 });
      const findFirst = async () => {
        for await (const intent of papers) if (intent.metadata.attempt_id === attemptId) return chargeOf(intent);
        return undefined;
      };
      return sorting(findFirst());
    },

    async clientSecretOf(intentId) {
      return secretOf((await sorting(stripe.paymentIntents.retrieve(intentId))).client_secret);
    },

    cancelCharge: (intentId) => decided(intentId, stripe.paymentIntents.cancel(intentId)),

    async refundCharge({ intentId, amount, refundId }, key) {
      const asked = { payment_intent: intentId, amount: amount.amountMinor, metadata: { refund_id: refundId } };
      return refundOf(await sorting(stripe.refunds.create(asked, keyed(key))));
    },

    async lookUpRefund(id) {
      return refundOf(await sorting(stripe.refunds.retrieve(id)));
    },

    async refundOfCharge(intentId, refundId) {
      const findFirst = async () => {
        for await (const refund of stripe.refunds.list({ payment_intent: intentId, limit: 100 }))
          if (refund.metadata?.refund_id === refundId && refundOf(refund).state !== 'failed') return refundOf(refund);
        return undefined;
      };
      return sorting(findFirst());
    },

    async lookUpDispute(id) {
      return disputeOf(await sorting(stripe.disputes.retrieve(id)));
    },

    movements: () => sortingEach(movementsOf(stripe)),

    reversals: (since) => sorting(reversalsOf(stripe, since)),

    readEvent(rawBody, signature) {
      return paymentEventOf(verified(rawBody, signature), live);
    },
  };
  return payments;

  /** An intent that was decided before says so, instead of an answer: then it is looked up. */
  async function decided(intentId: string, change: Promise<Stripe.PaymentIntent>) {
    try {
      return chargeOf(await sorting(change));
    } catch (error) {
      if (stripeCodeOf(error) !== 'payment_intent_unexpected_state') throw error;
      return payments.lookUpCharge(intentId);
    }
  }

  function verified(rawBody: Buffer, signature: string): Stripe.Event {
    try {
      const receivedAt = now().getTime();
      return stripe.webhooks.constructEvent(rawBody, signature, webhookSecret, TOLERANCE_S, undefined, receivedAt);
    } catch (error) {
      throw new WebhookNotGenuine(String(error), { cause: error });
    }
  }
}

/** A page may send us any id. */
function unlessMissing(error: unknown): undefined {
  if (stripeCodeOf(error) !== 'resource_missing') throw error;
}

function keyed(idempotencyKey: string): Stripe.RequestOptions {
  return { idempotencyKey };
}

/** For what may be made twice without harm: goes on to the next key where a failure was stored under this one. */
async function underNextKey<Answer>(create: (turn: number) => Promise<Answer>, turn = 0): Promise<Answer> {
  try {
    return await create(turn);
  } catch (error) {
    if (!isStoredFailure(error) || turn === KEYS_TRIED) throw error;
    return underNextKey(create, turn + 1);
  }
}

/** The same customer twice is one account; with another name or address, a key of its own. */
function digest(values: object): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url');
}

function secretOf(clientSecret: string | null): string {
  if (clientSecret === null) throw new TypeError('Stripe hides the client secret from this key');
  return clientSecret;
}

function originsOf(scriptUrl: string, apiUrl = STRIPE_API): readonly string[] {
  const needed = [scriptUrl, apiUrl].map((url) => new URL(url).origin);
  return [...new Set([...needed, ...(apiUrl === STRIPE_API ? stripeOrigins : [])])];
}
