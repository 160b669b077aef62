import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { signature } from '../../dev/payments/webhooks/signatures.js';
import { WebhookNotGenuine } from '../../gateways/payments/payments.js';
import { createStripePayments } from '../../gateways/payments/stripe.js';
import { type RunningSimulator, startPaymentSimulator, WEBHOOK_SECRET } from '../support/payment-simulator.js';
import { openWebhookInbox, type Received, readReceived, type WebhookInbox } from '../support/webhook-inbox.js';

const calling = suite('[BIL-05] webhooks of the card provider (here alone: it calls back)');
let inbox: WebhookInbox;
let simulator: RunningSimulator;
let account: string;
let attempts = 0;

calling.before(async () => {
  inbox = await openWebhookInbox();
  simulator = await startPaymentSimulator({ webhook: { url: inbox.url, secret: WEBHOOK_SECRET } });
  ({ account } = await simulator.payments.createAccount({ id: 'c-1', name: 'Olha', email: 'olha@example.org' }));
});
calling.before.each(() => {
  simulator.control.calm();
  inbox.received.length = 0;
  inbox.status = 200;
});
calling.after(async () => {
  await simulator.stop();
  await inbox.close();
});

async function pay(card = 'pm_card_visa'): Promise<{ intentId: string; attemptId: string }> {
  attempts += 1;
  const attemptId = `attempt-${attempts}`;
  const amount = { amountMinor: 3000, currency: 'EUR' };
  const wanted = { account, card, amount, onSession: false, attemptId, invoiceNumber: 'NQ-2026-000123' };
  const { intentId } = await simulator.payments.createCharge(wanted, `create:${attemptId}`);
  await simulator.payments.confirmCharge(intentId, { onSession: false }, `confirm:${attemptId}`);
  return { intentId, attemptId };
}

async function first(type: string): Promise<Received> {
  const [one] = await inbox.arrived(type);
  return one as Received;
}

calling('[BIL-05] a payment is told, with our attempt on it', async () => {
  const { intentId, attemptId } = await pay();
  const event = readReceived(simulator.payments, await first('payment_intent.succeeded'));
  assert.equal(event, {
    id: event.id,
    type: 'payment_intent.succeeded',
    live: false,
    intentId,
    attemptId,
    disputeId: null,
    refund: null,
  });
  const charge = readReceived(simulator.payments, await first('charge.succeeded'));
  assert.equal([charge.intentId, charge.attemptId], [intentId, attemptId]);
});

calling('[BIL-05] a refusal and a refund are told', async () => {
  const declined = await pay('pm_card_visa_chargeDeclinedInsufficientFunds');
  assert.is(readReceived(simulator.payments, await first('payment_intent.payment_failed')).intentId, declined.intentId);
  const { intentId } = await pay();
  const refund = { intentId, amount: { amountMinor: 100, currency: 'EUR' }, refundId: 'r-1' };
  await simulator.payments.refundCharge(refund, 'refund-1');
  assert.is(readReceived(simulator.payments, await first('refund.created')).intentId, intentId);
  assert.is(readReceived(simulator.payments, await first('charge.refunded')).intentId, intentId);
});

calling('[BIL-05] a changed byte, another secret, an old or a missing signature is not genuine', async () => {
  await pay();
  const { body, signature: signed } = await first('payment_intent.succeeded');
  const { readEvent } = simulator.payments;
  const now = Math.floor(Date.now() / 1000);
  const under = (secret: string, at: number) => signature(secret, at, body.toString());
  const reserialized = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
  for (const [altered, header] of [
    [Buffer.from(body.toString().replace('3000', '3001')), signed],
    [reserialized, signed],
    [body, under('whsec_other', now)],
    [body, under(WEBHOOK_SECRET, now - 301)],
    [body, under(WEBHOOK_SECRET, now).replace('v1=', 'v0=')],
    [body, ''],
    [Buffer.from(''), signed],
    [Buffer.from('not json'), signature(WEBHOOK_SECRET, now, 'not json')],
  ] as const) {
    assert.throws(
      () => readEvent(altered, header),
      (error: unknown) => error instanceof WebhookNotGenuine,
    );
  }
  assert.is(readEvent(body, under(WEBHOOK_SECRET, now - 299)).type, 'payment_intent.succeeded');
});

calling('[BIL-05] an event of live mode is not for a test shop, nor the other way round', async () => {
  await pay();
  const { body, signature: signed } = await first('payment_intent.succeeded');
  const { cardPage } = simulator.payments;
  const settings = {
    webhookSecret: WEBHOOK_SECRET,
    scriptUrl: cardPage.scriptUrl,
    publishableKey: cardPage.publishableKey,
  };
  const live = createStripePayments({ secretKey: 'sk_live_never_called', ...settings });
  assert.throws(
    () => live.readEvent(body, signed),
    (error: unknown) => error instanceof WebhookNotGenuine,
  );
});

calling('[BIL-05] a receiver that fails is called again, under the same event id', async () => {
  inbox.status = 500;
  await pay();
  await inbox.arrived('payment_intent.succeeded');
  inbox.status = 200;
  const [one, two] = await inbox.arrived('payment_intent.succeeded', 2);
  assert.is(one?.id, two?.id);
});

calling('[BIL-05] on request an event comes ten times, stale, badly signed, late, or never', async () => {
  const type = 'payment_intent.succeeded';
  simulator.control.mischief({ kind: 'duplicate', type, amount: 10 });
  await pay();
  assert.is(new Set((await inbox.arrived(type, 10)).map(({ id }) => id)).size, 1);

  for (const kind of ['stale', 'bad_signature'] as const) {
    inbox.received.length = 0;
    simulator.control.mischief({ kind, type });
    await pay();
    const received = await first(type);
    assert.throws(
      () => readReceived(simulator.payments, received),
      (error: unknown) => error instanceof WebhookNotGenuine,
    );
  }

  inbox.received.length = 0;
  simulator.control.mischief({ kind: 'reorder', type: 'payment_intent.created' });
  await pay();
  await inbox.arrived('payment_intent.created');
  const order = inbox.received.map((one) => one.type);
  assert.ok(order.indexOf('payment_intent.created') > order.indexOf(type));

  inbox.received.length = 0;
  simulator.control.mischief({ kind: 'lose', type });
  await pay();
  await inbox.arrived('charge.succeeded');
  assert.equal(
    inbox.received.filter((one) => one.type === type),
    [],
  );
});

const causes: Readonly<Record<string, (chargeId: string) => unknown>> = {
  'charge.dispute.created': (charge) => simulator.control.dispute(charge),
  'charge.dispute.closed': (charge) => simulator.control.decideDispute(simulator.control.dispute(charge).id, 'lost'),
  'refund.failed': async (charge) => simulator.control.decideRefund(await refunded(charge), 'failed'),
  'charge.refund.updated': async (charge) => simulator.control.decideRefund(await refunded(charge), 'failed'),
  'payout.created': () => simulator.control.payOut(),
};
for (const [type, cause] of Object.entries(causes)) {
  calling(`[BIL-05] ${type} comes signed, twice, stale and badly signed as ordered`, async () => {
    simulator.control.mischief({ kind: 'duplicate', type });
    await cause(await chargeOf('pm_card_bypassPending'));
    const copies = await inbox.arrived(type, 2);
    assert.is(new Set(copies.map((copy) => readReceived(simulator.payments, copy).id)).size, 1);
    for (const kind of ['stale', 'bad_signature'] as const) {
      inbox.received.length = 0;
      simulator.control.mischief({ kind, type });
      await cause(await chargeOf('pm_card_bypassPending'));
      const received = await first(type);
      assert.throws(
        () => readReceived(simulator.payments, received),
        (error: unknown) => error instanceof WebhookNotGenuine,
      );
    }
  });
}

calling('[BIL-05] with a chance and a seed the same events are lost each time', async () => {
  const arrivals: string[][] = [];
  for (const _ of [1, 2]) {
    inbox.received.length = 0;
    simulator.control.calm();
    simulator.control.mischief({ kind: 'lose', type: 'charge.succeeded', chance: 0.5, seed: 's' });
    const charges = [];
    for (let count = 0; count < 12; count += 1) charges.push(await chargeOf('pm_card_visa'));
    await inbox.arrived('payment_intent.succeeded', 12);
    const told = (charge: string) =>
      inbox.received.some((one) => one.type === 'charge.succeeded' && about(one) === charge);
    arrivals.push(charges.map((charge) => (told(charge) ? 'told' : 'lost')));
  }
  assert.equal(arrivals[1], arrivals[0]);
  assert.equal(new Set(arrivals[0]), new Set(['told', 'lost']));
});

function about({ body }: Received): string {
  return (JSON.parse(body.toString()) as { data: { object: { id: string } } }).data.object.id;
}

async function chargeOf(card: string): Promise<string> {
  const { intentId } = await pay(card);
  return simulator.control.account.paymentIntents.get(intentId)?.latest_charge ?? '';
}

async function refunded(chargeId: string): Promise<string> {
  const intentId = simulator.control.account.charges.get(chargeId)?.payment_intent ?? '';
  const refund = { intentId, amount: { amountMinor: 100, currency: 'EUR' }, refundId: chargeId };
  return (await simulator.payments.refundCharge(refund, chargeId)).id;
}

calling.run();
