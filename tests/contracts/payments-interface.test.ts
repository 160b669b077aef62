import type { Server } from 'node:http';
import express from 'express';
import Stripe from 'stripe';
import * as assert from 'uvu/assert';
import { answerThreeDSecure, enterCard } from '../../dev/payments/client.js';
import { createPaymentSimulator, type PaymentSimulator } from '../../dev/payments/simulator.js';
import type { Payments } from '../../gateways/payments/payments.js';
import { createStripePayments } from '../../gateways/payments/stripe.js';
import { stripeClient } from '../../gateways/payments/stripe-client.js';
import { failureOf } from '../support/failure.js';
import { close, listening, originOf } from '../support/payment-simulator.js';
import { suiteUnless } from '../support/skipping.js';
import { recording } from '../support/stripe-contract.js';
import { type Exchange, missingInterface, stripeInterface } from '../support/stripe-interface.js';

const published = suiteUnless(
  missingInterface,
  '[BIL-05] Stripe’s published interface (here alone: the simulator is what is judged)',
);
const amount = { amountMinor: 3000, currency: 'EUR' };
const exchanges: Exchange[] = [];
let simulator: PaymentSimulator;
let server: Server;
let payments: Payments;
let stripe: Stripe;
let account: string;
let judge: ReturnType<typeof stripeInterface>;

published.before(async () => {
  judge = stripeInterface();
  simulator = createPaymentSimulator({});
  server = await listening(express().use(express.urlencoded({ extended: true }), recording(exchanges), simulator.app));
  const access = { secretKey: 'sk_test_1', apiUrl: originOf(server) };
  payments = createStripePayments({
    ...access,
    publishableKey: 'pk_test_1',
    webhookSecret: 'whsec_1',
    scriptUrl: `${access.apiUrl}/v3/`,
  });
  stripe = stripeClient(access);
  ({ account } = await payments.createAccount({ id: 'c-1', name: 'Olha', email: 'olha@example.org' }));
});
published.after(async () => {
  await close(server);
  await simulator.stop();
});

/** A test whose every call and answer is judged, once it has done its own. */
function judged(name: string, work: () => Promise<void>): void {
  published(name, async () => {
    exchanges.length = 0;
    await work();
    assert.ok(exchanges.length > 0, 'nothing was said');
    assert.equal(
      exchanges.flatMap((exchange) => judge.faultsOf(exchange)),
      [],
    );
  });
}

async function charge(card: string, onSession = false): Promise<string> {
  const attemptId = `${card} ${onSession}`;
  const wanted = { account, card, amount, onSession, attemptId, invoiceNumber: 'NQ-2026-000123' };
  const { intentId } = await payments.createCharge(wanted, `create:${attemptId}`);
  await payments.confirmCharge(intentId, { onSession, returnUrl: 'https://shop.example/' }, `confirm:${attemptId}`);
  return intentId;
}

judged('[BIL-05] the judge itself finds what is wrong', async () => {
  await payments.lookUpCharge(await charge('pm_card_visa'));
  const [good] = exchanges.slice(-1) as [Exchange];
  const { status: _, ...stateless } = good.answer as Record<string, unknown>;
  for (const [bad, found] of [
    [{ sent: { colour: 'red' } }, 'nobody knows the parameter colour'],
    [{ answer: stateless }, "must have required property 'status'"],
    [{ answer: { ...stateless, status: 'paid' } }, 'must be equal to one of the allowed values'],
    [{ answer: { ...stateless, status: 'succeeded', colour: 'red' } }, 'answers the field payment_intent.colour'],
    [{ path: '/v1/pockets' }, 'no such call'],
  ] as const) {
    assert.match(judge.faultsOf({ ...good, ...bad }).join('\n'), found);
  }
});

published(
  '[BIL-05] charges, declines, 3-D Secure, refunds and giving up are asked and answered in its words',
  async () => {
    const paid = await charge('pm_card_visa');
    await charge('pm_card_visa_chargeDeclinedInsufficientFunds');
    await charge('pm_card_authenticationRequired');
    const waiting = await charge('pm_card_authenticationRequired', true);
    await payments.cancelCharge(waiting);
    await payments.refundCharge({ intentId: paid, amount, refundId: 'r-1' }, 'r-1');
    await failureOf(payments.refundCharge({ intentId: paid, amount, refundId: 'r-2' }, 'r-2'));
    await payments.refundOfCharge(paid, 'r-1');
    await payments.chargeOfAttempt(account, 'nobody’s');
    await failureOf(payments.lookUpCharge('pi_nothing'));
  },
);

judged('[BIL-04] cards are saved, refused, looked up and removed in its words', async () => {
  const origin = originOf(server);
  const card = { number: '4000002500003155', expMonth: 12, expYear: 2034, cvc: '123' };
  const { setupId, clientSecret } = await payments.startCardSetup(account);
  const entry = { origin, publishableKey: 'pk_test_1', clientSecret };
  await failureOf(enterCard({ ...entry, card: { ...card, number: '4000000000000002' } }));
  await enterCard({ ...entry, card });
  await answerThreeDSecure({ origin, clientSecret, answer: 'confirm' });
  const saved = await payments.cardOfSetup(setupId);
  await stripe.customers.listPaymentMethods(account, { expand: ['data.customer'] });
  await payments.removeCard(saved?.id ?? '');
});

judged('[BIL-05] lists are newest first, in pages, filtered and expanded', async () => {
  const intents = [
    await charge('pm_card_visa_debit'),
    await charge('pm_card_mastercard'),
    await charge('pm_card_amex'),
  ];
  const first = await stripe.paymentIntents.list({ customer: account, limit: 2, expand: ['data.latest_charge'] });
  assert.equal(
    first.data.map(({ id }) => id),
    intents.slice(1).reverse(),
  );
  assert.is(first.has_more, true);
  const expandedCharge = first.data[0]?.latest_charge;
  assert.is(typeof expandedCharge === 'object' && expandedCharge?.object, 'charge');
  const rest = await stripe.paymentIntents.list({ customer: account, limit: 1, starting_after: first.data[1]?.id });
  assert.equal([rest.data[0]?.id, typeof rest.data[0]?.latest_charge], [intents[0], 'string']);
  const charges = await stripe.charges.list({ payment_intent: intents[1] });
  assert.equal([charges.data.length, charges.data[0]?.payment_intent], [1, intents[1]]);
  await stripe.refunds.list({ payment_intent: intents[0] });
  assert.is((await stripe.customers.list({ email: 'nobody@example.org' })).data.length, 0);
  const events = await stripe.events.list({ type: 'payment_intent.succeeded', limit: 1 });
  assert.is((events.data[0]?.data.object as Stripe.PaymentIntent | undefined)?.id, intents[2]);
});

judged('[BIL-05] money can be held first and taken later, in part', async () => {
  const asked = {
    amount: 3000,
    currency: 'eur',
    customer: account,
    payment_method: 'pm_card_visa',
    capture_method: 'manual',
  } as const;
  const held = await stripe.paymentIntents.create({ ...asked, confirm: true, off_session: true });
  assert.equal([held.status, held.amount_capturable, held.amount_received], ['requires_capture', 3000, 0]);
  const taken = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1000 });
  assert.equal([taken.status, taken.amount_capturable, taken.amount_received], ['succeeded', 0, 1000]);
  assert.instance(
    await failureOf(stripe.refunds.create({ payment_intent: held.id, amount: 1001 })),
    Stripe.errors.StripeInvalidRequestError,
  );
});

judged('[BIL-05] webhook endpoints are made, listed without their secret, and removed', async () => {
  const made = await stripe.webhookEndpoints.create({
    url: 'http://127.0.0.1:9/none',
    enabled_events: ['refund.created'],
  });
  assert.match(made.secret ?? '', /^whsec_/);
  assert.is((await stripe.webhookEndpoints.list()).data[0]?.secret, undefined);
  assert.is((await stripe.webhookEndpoints.del(made.id)).deleted, true);
});

published.run();
