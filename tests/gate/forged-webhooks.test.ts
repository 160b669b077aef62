import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createChargeActivities } from '../../activities/billing/charges.js';
import { createDisputeActivities } from '../../activities/billing/disputes.js';
import { Dispute } from '../../models/billing/dispute.js';
import type { Invoice } from '../../models/billing/invoice.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { testApp } from '../support/app.js';
import { aCustomer } from '../support/builders.js';
import { doing, paidByCard } from '../support/card-payments.js';
import { openDatabase } from '../support/database.js';
import { failureOf } from '../support/failure.js';
import { anInvoice, saveCard } from '../support/invoices.js';
import { type RunningSimulator, startPaymentSimulator, WEBHOOK_SECRET } from '../support/payment-simulator.js';
import { eventually } from '../support/stripe-contract.js';
import { type Visitor, visit } from '../support/visitor.js';
import { changesBetween, everyRow } from './rows.js';

const gate = suite('[BIL-05] [S5] a call in the card provider’s name');
const stripe = new Stripe('sk_test_nobody');
const faults: unknown[] = [];
let database: { close: () => Promise<void> };
let simulator: RunningSimulator;
let shop: Visitor;
let invoice: Invoice;
let other: Invoice;
/** Of an attempt that is open: made at the provider, and not confirmed. */
let attemptId: string;
let intentId: string;

gate.before(async () => {
  database = await openDatabase();
  simulator = await startPaymentSimulator();
  shop = await visit(testApp({ payments: simulator.payments, logError: (_reference, error) => faults.push(error) }));
  const customer = await aCustomer();
  invoice = await anInvoice(customer);
  other = await anInvoice(await aCustomer());
  const { card } = await saveCard(simulator, customer);
  attemptId = randomUUID();
  await PaymentAttempt.open(
    { id: attemptId, invoiceId: invoice.id, paymentMethodId: card.id, onSession: true },
    new Date(),
  );
  await doing(() => charges().createCharge(attemptId));
  intentId = (await PaymentAttempt.query().findById(attemptId).throwIfNotFound()).intentId ?? '';
});
gate.after(async () => {
  await shop.leave();
  await simulator.stop();
  await database.close();
});

const charges = () => createChargeActivities({ payments: simulator.payments, shopUrl: 'https://shop.example' });

type Headers = Readonly<Record<string, string>>;
const signed = (payload: string, secret = WEBHOOK_SECRET, timestamp = Math.floor(Date.now() / 1_000)): Headers => ({
  'Stripe-Signature': stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }),
});

async function call(payload: string, headers: Headers = signed(payload)): Promise<number> {
  const init = { method: 'POST', body: payload, headers: { 'Content-Type': 'application/json', ...headers } };
  return (await fetch(`${shop.origin}/webhooks/stripe`, init)).status;
}

const paid = (differing: object = {}) => ({
  ...{ id: intentId, object: 'payment_intent', status: 'succeeded', amount: invoice.totalMinor, currency: 'eur' },
  ...{ amount_received: invoice.totalMinor, latest_charge: 'ch_1', metadata: { attempt_id: attemptId } },
  ...differing,
});
const event = (object: unknown, differing: object = {}) =>
  JSON.stringify({
    ...{
      id: `evt_${randomUUID().replaceAll('-', '')}`,
      object: 'event',
      type: 'payment_intent.succeeded',
      livemode: false,
    },
    ...{ api_version: '2026-01-01', created: 1, data: { object } },
    ...differing,
  });

/** What was written, other than that there was a call. */
async function writtenBy(work: () => Promise<unknown>): Promise<string[]> {
  const before = await everyRow();
  await work();
  await new Promise((resolve) => setTimeout(resolve, 50)); // what follows the answer
  return changesBetween(before, await everyRow())
    .map(({ table }) => table)
    .filter((table) => table !== 'webhook_events');
}

const unsigned: Readonly<Record<string, (payload: string) => Headers>> = {
  'no signature': () => ({}),
  'an empty one': () => ({ 'Stripe-Signature': '' }),
  'one of another secret': (payload) => signed(payload, 'whsec_other'),
  'one of no secret': (payload) => signed(payload, ''),
  'one of ten minutes ago': (payload) => signed(payload, WEBHOOK_SECRET, Math.floor(Date.now() / 1_000) - 600),
  'one of another body': () => signed(event(paid({ amount: 1 }))),
  'one of an old scheme': (payload) => ({
    'Stripe-Signature': (signed(payload)['Stripe-Signature'] ?? '').replace('v1=', 'v0='),
  }),
  'a time stamp put in its place': (payload) => ({
    'Stripe-Signature': (signed(payload, WEBHOOK_SECRET, 1)['Stripe-Signature'] ?? '').replace(
      't=1',
      `t=${Math.floor(Date.now() / 1_000)}`,
    ),
  }),
  words: () => ({ 'Stripe-Signature': 't=now,v1=true' }),
  'somebody’s session': () => ({ Cookie: 'qm_staff=s%3Aadministrator', Authorization: 'Bearer sk_test_nobody' }),
};
for (const [what, headers] of Object.entries(unsigned)) {
  gate(`with ${what} is refused, whatever it says`, async () => {
    const written = await writtenBy(async () => {
      const payload = event(paid());
      assert.is(await call(payload, headers(payload)), 401);
    });
    assert.equal(written, []);
  });
}

gate('rightly signed, with the same body written anew, is refused', async () => {
  const payload = event(paid());
  const anew = JSON.stringify(JSON.parse(payload), null, 2);
  assert.is(await call(anew, signed(payload)), 401);
});

/** Whoever has the signing secret can say anything; none of it is believed. */
const said: Readonly<Record<string, () => string>> = {
  'that it is paid': () => event(paid()),
  'that less was paid': () => event(paid({ amount: 1, amount_received: 1 })),
  'that more was paid': () => event(paid({ amount_received: 99_999_999_999 })),
  'another currency': () => event(paid({ currency: 'uah' })),
  'another invoice': () => event(paid({ metadata: { attempt_id: attemptId, invoice: other.number } })),
  'another intent': () => event(paid({ id: 'pi_strange' })),
  'a charge without papers': () => event({ id: 'ch_1', object: 'charge', paid: true, payment_intent: intentId }),
  'an invoice of its own': () => event({ id: 'in_1', object: 'invoice', status: 'paid' }, { type: 'invoice.paid' }),
  'a customer who is gone': () =>
    event({ id: 'cus_1', object: 'customer', deleted: true }, { type: 'customer.deleted' }),
  'a payout': () => event({ id: 'po_1', object: 'payout', amount: 1 }, { type: 'payout.paid' }),
  'a kind nobody knows': () => event({ id: 'x', object: 'x' }, { type: 'shop.opened' }),
  'a refund nobody asked for': () =>
    event(
      { id: 're_1', object: 'refund', status: 'failed', metadata: { refund_id: randomUUID() } },
      { type: 'refund.failed' },
    ),
  'a dispute over nothing of ours': () =>
    event({ id: 'du_1', object: 'dispute', payment_intent: 'pi_strange' }, { type: 'charge.dispute.created' }),
  'nothing at all': () => event(null),
  'no data': () => event(0, { data: undefined }),
  'a list': () => event([paid()]),
  'papers that are none': () => event(paid({ metadata: 'attempt' })),
  'an attempt that is a list': () => event(paid({ metadata: { attempt_id: [attemptId] } })),
  'an attempt with a null in it': () => event(paid({ metadata: { attempt_id: `${attemptId}\0` } })),
  'an intent with a null in it': () => event(paid({ id: 'pi_\0' })),
  'an intent that is an object': () => event({ id: 'ch_1', object: 'charge', payment_intent: { id: { id: 'x' } } }),
  __proto__: () => event(paid()).replace('"livemode"', '"__proto__":{"isStaff":true},"livemode"'),
};
for (const [what, payload] of Object.entries(said)) {
  gate(`rightly signed, saying ${what}, changes nothing by itself`, async () => {
    faults.length = 0;
    assert.equal(await writtenBy(async () => assert.is(await call(payload()), 200)), []);
    assert.equal(faults, []);
    assert.is((await doing(() => charges().lookUpCharge(attemptId))).state, 'unconfirmed', 'what counts is looked up');
    assert.is((await invoice.$query()).status, 'open');
  });
}

const notOurs: Readonly<Record<string, () => string>> = {
  'of live mode': () => event(paid(), { livemode: true }),
  'of a mode that is a word': () => event(paid(), { livemode: 'false' }),
  'of another account': () => event(paid(), { account: 'acct_strange' }),
  'without an id': () => event(paid(), { id: undefined }),
  'with an id that is none': () => event(paid(), { id: 'evt \0' }),
  'with an id as long as a book': () => event(paid(), { id: `evt_${'x'.repeat(100_000)}` }),
  'that is no event': () => JSON.stringify(paid()),
  'that is no object': () => '[]',
  'that is null': () => 'null',
  'that is no JSON': () => 'attempt=1',
  'that is empty': () => '',
};
for (const [what, payload] of Object.entries(notOurs)) {
  gate(`rightly signed and ${what} is refused`, async () => {
    faults.length = 0;
    assert.equal(await writtenBy(async () => assert.is(await call(payload()), 401)), []);
    assert.equal(faults, []);
  });
}

gate('that is larger than any event is not read to its end', async () => {
  assert.is(await call(event(paid({ description: 'x'.repeat(300_000) }))), 413);
});

gate('a dispute over somebody else’s charge, said to be over ours, is not booked on ours', async () => {
  const [ours, theirs] = [await paidByCard(simulator), await paidByCard(simulator)];
  const { id: providerId } = simulator.control.dispute(theirs.chargeId);
  const lie = { id: providerId, object: 'dispute', payment_intent: ours.intentId };
  assert.is(await call(event(lie, { type: 'charge.dispute.created' })), 200);
  const reported = await eventually(
    async () => Dispute.query().findOne({ providerId }),
    (found) => found !== undefined,
  );
  const { lookAtDispute } = createDisputeActivities(simulator);
  const written = await writtenBy(async () => {
    assert.match(String(await failureOf(doing(() => lookAtDispute(reported?.id ?? '')))), 'is over another charge');
  });
  assert.equal(written, []);
});

gate.run();
