import { randomUUID } from 'node:crypto';
import sinon from 'sinon';
import Stripe from 'stripe';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessesUnavailable } from '../../gateways/processes.js';
import { Dispute } from '../../models/billing/dispute.js';
import type { Invoice } from '../../models/billing/invoice.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { PaymentMethod } from '../../models/billing/payment-method.js';
import { WebhookEvent } from '../../models/billing/webhook-event.js';
import { ProcessStart } from '../../models/durable/process-start.js';
import { testApp } from '../../tests/support/app.js';
import { aCustomer } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { anInvoice } from '../../tests/support/invoices.js';
import { aRefund } from '../../tests/support/refunds.js';
import { stubbedProcesses } from '../../tests/support/stubbed-processes.js';
import { type Visitor, visit } from '../../tests/support/visitor.js';
import { dispute, disputeMoved } from '../../workflows/messages/dispute.js';
import { chargeMoved, invoicePayment } from '../../workflows/messages/invoice-payment.js';
import { refundReturn } from '../../workflows/messages/refund-return.js';

const calls = suite('[BIL-05] [WFL-06] calls of the card provider');
const SECRET = 'whsec_nobody';
const stripe = new Stripe('sk_test_nobody');
const logError = sinon.stub();
let database: { close: () => Promise<void> };
let processes: ReturnType<typeof stubbedProcesses>;
let shop: Visitor;
let invoice: Invoice;
let attemptId: string;

calls.before(async () => {
  database = await openDatabase();
});
calls.before.each(async () => {
  processes = stubbedProcesses();
  shop = await visit(testApp({ processes, logError }));
  const customer = await aCustomer();
  invoice = await anInvoice(customer);
  const card = { providerId: `pm_${randomUUID()}`, brand: 'visa', last4: '4242', expMonth: 12, expYear: 2030 };
  const { id: paymentMethodId } = await PaymentMethod.add(customer.id, card, new Date());
  attemptId = randomUUID();
  await PaymentAttempt.open({ id: attemptId, invoiceId: invoice.id, paymentMethodId, onSession: true }, new Date());
});
calls.after.each(() => shop.leave());
calls.after(() => database.close());

function anEvent(differing: object = {}): string {
  const object = { id: 'pi_1', object: 'payment_intent', metadata: { attempt_id: attemptId } };
  const event = { id: `evt_${randomUUID()}`, object: 'event', type: 'payment_intent.succeeded', livemode: false };
  return JSON.stringify({ ...event, data: { object }, ...differing });
}

async function call(payload: string, { secret = SECRET, timestamp = Math.floor(Date.now() / 1_000) } = {}) {
  const signature = stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  const headers = { 'Stripe-Signature': signature, 'Content-Type': 'application/json' };
  const { status } = await fetch(`${shop.origin}/webhooks/stripe`, { method: 'POST', body: payload, headers });
  return status;
}

/** The call is answered before anybody is told. */
async function handled(payload: string): Promise<void> {
  for (let looked = 0; looked < 100 && !(await kept(payload))?.handledAt; looked++)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

async function kept(payload: string) {
  return WebhookEvent.query().findById(JSON.parse(payload).id);
}

calls('are kept, and tell whoever collects the invoice to look', async () => {
  const payload = anEvent();
  assert.is(await call(payload), 200);
  await handled(payload);
  sinon.assert.calledOnceWithExactly(processes.signal, invoicePayment, { invoiceId: invoice.id }, chargeMoved);
  assert.is((await kept(payload))?.attemptId, attemptId);
});

calls('are heard once, however often they come', async () => {
  const payload = anEvent();
  const answers = await Promise.all(Array.from({ length: 10 }, () => call(payload)));
  assert.equal(new Set(answers), new Set([200]));
  await handled(payload);
  sinon.assert.calledOnce(processes.signal);
});

const forged: readonly (readonly [string, (payload: string) => Promise<number>])[] = [
  ['another secret', (payload) => call(payload, { secret: 'whsec_other' })],
  ['an old time stamp', (payload) => call(payload, { timestamp: Math.floor(Date.now() / 1_000) - 400 })],
  ['no signature', async (body) => (await fetch(`${shop.origin}/webhooks/stripe`, { method: 'POST', body })).status],
];
for (const [what, send] of forged) {
  calls(`with ${what} are refused and not kept`, async () => {
    const payload = anEvent();
    assert.is(await send(payload), 401);
    assert.is(await kept(payload), undefined);
    sinon.assert.notCalled(processes.signal);
  });
}

calls('of live mode are nothing for a shop in test mode', async () => {
  const payload = anEvent({ livemode: true });
  assert.is(await call(payload), 401);
  assert.is(await kept(payload), undefined);
});

calls('about strangers’ charges, or an id that is none, move nobody', async () => {
  for (const attempt_id of [randomUUID(), 'DROP TABLE', undefined]) {
    const object = { id: 'pi_2', object: 'payment_intent', metadata: { attempt_id } };
    const payload = anEvent({ data: { object } });
    assert.is(await call(payload), 200);
    await handled(payload);
    assert.ok((await kept(payload))?.handledAt);
  }
  sinon.assert.notCalled(processes.signal);
});

calls('about a refund that came back start who follows it, once, and only for a refund of ours', async () => {
  const refund = await aRefund(invoice);
  const about = (refund_id: string, status = 'failed') => {
    const object = { id: 're_1', object: 'refund', status, payment_intent: 'pi_1', metadata: { refund_id } };
    return anEvent({ type: 'refund.failed', data: { object } });
  };
  for (const payload of [about(randomUUID()), about('DROP TABLE'), about(refund.id, 'succeeded'), about(refund.id)]) {
    assert.is(await call(payload), 200);
    await handled(payload);
  }
  for (const type of ['refund.updated', 'charge.refund.updated'])
    await call(about(refund.id).replace('refund.failed', type));
  sinon.assert.calledOnceWithExactly(processes.start, refundReturn, { refundId: refund.id });
  assert.ok((await ProcessStart.query().findById(`refund-return:${refund.id}`))?.startedAt);
});

calls(
  'about a dispute over a charge of ours start who follows it, then tell it to look; over others’ nothing',
  async () => {
    await PaymentAttempt.query()
      .findById(attemptId)
      .patch({ intentId: `pi_${attemptId}` });
    const disputeId = `du_${attemptId}`;
    const about = (payment_intent: string, type = 'charge.dispute.created') =>
      anEvent({ type, data: { object: { id: disputeId, object: 'dispute', payment_intent } } });
    for (const payload of [
      about('pi_strange'),
      about(`pi_${attemptId}`),
      about(`pi_${attemptId}`, 'charge.dispute.updated'),
    ]) {
      assert.is(await call(payload), 200);
      await handled(payload);
    }
    const { id, status } = await Dispute.query().findOne({ providerId: disputeId }).throwIfNotFound();
    assert.is(status, 'reported');
    sinon.assert.calledOnceWithExactly(processes.start, dispute, { disputeId: id });
    sinon.assert.calledWithExactly(processes.signal, dispute, { disputeId: id }, disputeMoved);
  },
);

calls('are answered while the cluster is away: the charge is looked up all the same', async () => {
  processes.signal.rejects(new ProcessesUnavailable('away'));
  const payload = anEvent();
  assert.is(await call(payload), 200);
  assert.ok(await kept(payload));
});

calls.run();
