import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PaymentsUnavailable } from '../../gateways/payments/payments.js';
import { settleAttempt } from '../../models/billing/attempt-settlement.js';
import { CreditNote } from '../../models/billing/credit-note.js';
import { Invoice } from '../../models/billing/invoice.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { Refund } from '../../models/billing/refund.js';
import { aCustomer, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aCard } from '../../tests/support/failed-payments.js';
import { failureOf } from '../../tests/support/failure.js';
import { anInvoice, saveCard } from '../../tests/support/invoices.js';
import { type RunningSimulator, startPaymentSimulator } from '../../tests/support/payment-simulator.js';
import { createChargeActivities } from './charges.js';
import { createRefundActivities } from './refunds.js';

const refunding = suite('[BIL-05] paying back');
let database: { close: () => Promise<void> };
let simulator: RunningSimulator;
let activities: ReturnType<typeof createRefundActivities> & ReturnType<typeof createChargeActivities>;

refunding.before(async () => {
  database = await openDatabase();
  simulator = await startPaymentSimulator();
  const { payments } = simulator;
  activities = { ...createRefundActivities({ payments }), ...createChargeActivities({ payments, shopUrl: '' }) };
});
refunding.before.each(() => simulator.control.calm());
refunding.after(async () => {
  await simulator.stop();
  await database.close();
});

function doing<Result>(act: () => Promise<Result>): Promise<Result> {
  return new MockActivityEnvironment().run(act);
}

async function aPaidInvoice(): Promise<Invoice> {
  const customer = await aCustomer();
  const invoice = await anInvoice(customer);
  const { card } = await saveCard(simulator, customer);
  const attemptId = randomUUID();
  const wanted = { id: attemptId, invoiceId: invoice.id, paymentMethodId: card.id, onSession: true };
  await PaymentAttempt.open(wanted, new Date());
  await doing(() => activities.createCharge(attemptId));
  const charge = await doing(() => activities.confirmCharge(attemptId));
  if (charge.state !== 'succeeded') throw new Error(charge.state);
  await settleAttempt(attemptId, { state: 'succeeded', chargeId: charge.chargeId }, new Date());
  return invoice.$query();
}

refunding('credits a paid invoice once, and sends its payment back once, also when the answer is lost', async () => {
  const { id: invoiceId } = await aPaidInvoice();
  const credit = { invoiceId, reason: 'order_cancelled' } as const;
  const first = await doing(() => activities.creditInvoice(credit));
  assert.equal(await doing(() => activities.creditInvoice(credit)), first);
  assert.match(first.creditNote, /^NQC-\d{4}-\d{6}$/);

  simulator.control.fault({ match: 'POST /v1/refunds', kind: 'drop_answer' });
  await failureOf(doing(() => activities.refundPayments(invoiceId)));
  assert.equal(await doing(() => activities.refundPayments(invoiceId)), { pending: 0 });
  assert.equal(await doing(() => activities.refundPayments(invoiceId)), { pending: 0 });

  const [refund, ...others] = await Refund.query().modify('of', invoiceId);
  assert.equal([refund?.status, refund?.amountMinor, others.length], ['succeeded', 260_40, 0]);
  const atProvider = simulator.control.account.refunds.newestFirst();
  assert.is(atProvider.filter(({ id }) => id === refund?.providerId).length, 1);
  assert.is(await CreditNote.query().where({ invoiceId }).resultSize(), 1);
});

refunding('is for a person when the bank sends it back, and is asked for anew, once, when they try again', async () => {
  const { id: invoiceId } = await aPaidInvoice();
  await doing(() => activities.creditInvoice({ invoiceId, reason: 'order_undeliverable' }));
  const refund = await Refund.query().modify('of', invoiceId).first().throwIfNotFound();
  const sentBack = createRefundActivities({
    payments: { ...simulator.payments, refundCharge: async () => ({ id: `re_back_${refund.id}`, state: 'failed' }) },
  });
  const failure = await failureOf(doing(() => sentBack.refundPayments(invoiceId)));
  assert.is(failure instanceof ApplicationFailure && failure.type, 'RefundFailed');

  simulator.control.fault({ match: 'POST /v1/refunds', kind: 'drop_answer' });
  await failureOf(doing(() => activities.refundPayments(invoiceId)));
  assert.equal(await doing(() => activities.refundPayments(invoiceId)), { pending: 0 });
  const again = await refund.$query();
  assert.equal([again.status, again.key], ['succeeded', `${refund.key}~2`]);
  const ours = simulator.control.account.refunds.newestFirst();
  assert.is(ours.filter(({ metadata }) => metadata.refund_id === refund.id).length, 1);
});

refunding('asks for nothing that staff sent by hand while it was being asked for anew', async () => {
  const { id: invoiceId } = await aPaidInvoice();
  await doing(() => activities.creditInvoice({ invoiceId, reason: 'order_undeliverable' }));
  const refund = await Refund.query().modify('of', invoiceId).first().throwIfNotFound();
  await refund.settle(`re_failed_${refund.id}`, 'failed', new Date());
  const { id: staffId } = await aStaffMember();
  let asking: Promise<unknown> = Promise.resolve();
  await Refund.transaction(async (trx) => {
    const locked = await Refund.query(trx).findById(refund.id).forUpdate().throwIfNotFound();
    asking = doing(() => activities.refundPayments(invoiceId));
    await pause(500); // it has read that it failed, and waits for the row
    await locked.sentByHand({ reference: 'SEPA 77', sentAt: new Date(), staffId }, new Date(), trx);
  });
  assert.equal(await asking, { pending: 0 });
  const ours = simulator.control.account.refunds.newestFirst();
  assert.equal(
    ours.filter(({ metadata }) => metadata.refund_id === refund.id),
    [],
  );
});

refunding(
  'finds what was asked for so long ago that the provider forgot its key, and asks for no second one',
  async () => {
    const { id: invoiceId } = await aPaidInvoice();
    await doing(() => activities.creditInvoice({ invoiceId, reason: 'order_cancelled' }));
    simulator.control.fault({ match: 'POST /v1/refunds', kind: 'drop_answer' });
    await failureOf(doing(() => activities.refundPayments(invoiceId)));

    simulator.control.prune(0);
    const refund = await Refund.query().modify('of', invoiceId).first().throwIfNotFound();
    await refund.$query().patch({ requestedAt: new Date(refund.requestedAt.getTime() - 25 * 3_600_000) });
    assert.equal(await doing(() => activities.refundPayments(invoiceId)), { pending: 0 });
    const ours = simulator.control.account.refunds
      .newestFirst()
      .filter(({ metadata }) => metadata.refund_id === refund.id);
    assert.equal(
      ours.map(({ id }) => id),
      [(await refund.$query()).providerId],
    );
  },
);

/** Two charges, neither of which any provider knows. */
async function paidInParts(): Promise<{ invoiceId: string; intents: string[] }> {
  const customer = await aCustomer();
  const { id: invoiceId } = await anInvoice(customer);
  const { id: paymentMethodId } = await aCard(customer);
  const intents: string[] = [];
  for (const amountMinor of [100_00, 160_40]) {
    const [id, startedAt] = [randomUUID(), new Date('2026-11-22')];
    const keys = { createKey: `${id}-1`, confirmKey: `${id}-2`, intentId: `pi_${id}` };
    const row = { id, invoiceId, paymentMethodId, amountMinor, currency: 'EUR', onSession: true, startedAt };
    await PaymentAttempt.query().insert({ ...row, ...keys, status: 'processing' });
    await settleAttempt(id, { state: 'succeeded', chargeId: `ch_${id}` }, startedAt);
    intents.push(keys.intentId);
  }
  return { invoiceId, intents };
}

refunding('asks by itself for none that a bank sent back, while the provider is silent about another', async () => {
  const { invoiceId, intents } = await paidInParts();
  await doing(() => activities.creditInvoice({ invoiceId, reason: 'order_cancelled' }));
  const asked: string[] = [];
  let silent = true;
  const refundCharge = async ({ intentId }: { intentId: string }) => {
    asked.push(intentId);
    if (intentId === intents[0]) return { id: `re_${randomUUID()}`, state: 'failed' } as const;
    if (silent) throw new PaymentsUnavailable('no answer');
    return { id: `re_${randomUUID()}`, state: 'succeeded' } as const;
  };
  const { refundPayments } = createRefundActivities({ payments: { ...simulator.payments, refundCharge } });
  const tried = (attempt: number) => new MockActivityEnvironment({ attempt }).run(() => refundPayments(invoiceId));
  for (const attempt of [1, 2, 3]) assert.instance(await failureOf(tried(attempt)), PaymentsUnavailable);
  silent = false;
  const failure = await failureOf(tried(4));
  assert.is(failure instanceof ApplicationFailure && failure.type, 'RefundFailed');
  assert.is(asked.filter((intentId) => intentId === intents[0]).length, 1);
});

refunding('looks up what the bank has not decided, and sends nothing of the rest', async () => {
  const { invoiceId } = await paidInParts();
  await doing(() => activities.creditInvoice({ invoiceId, reason: 'order_cancelled' }));
  const [undecided] = await Refund.query().modify('of', invoiceId);
  await undecided?.settle(`re_${invoiceId}`, 'pending', new Date());
  const states = ['pending', 'failed'] as const;
  const lookUpRefund = sinon.stub();
  for (const [call, state] of states.entries()) lookUpRefund.onCall(call).resolves({ id: `re_${invoiceId}`, state });
  const refundCharge = sinon.stub().rejects(new Error('nothing is to be sent'));
  const { lookUpRefunds } = createRefundActivities({ payments: { ...simulator.payments, lookUpRefund, refundCharge } });
  assert.equal(await doing(() => lookUpRefunds(invoiceId)), { pending: 1 });
  const failure = await failureOf(doing(() => lookUpRefunds(invoiceId)));
  assert.is(failure instanceof ApplicationFailure && failure.type, 'RefundFailed');
  const again = await failureOf(new MockActivityEnvironment({ attempt: 2 }).run(() => lookUpRefunds(invoiceId)));
  assert.is(again instanceof ApplicationFailure && again.type, 'RefundFailed', 'its answer was lost');
  assert.equal(await doing(() => lookUpRefunds(invoiceId)), { pending: 0 });
  sinon.assert.notCalled(refundCharge);
});

refunding('takes an unpaid invoice back, twice with the same answer, and not a paid one', async () => {
  const { id } = await anInvoice(await aCustomer());
  assert.equal(await doing(() => activities.voidInvoice(id)), { voided: true });
  assert.equal(await doing(() => activities.voidInvoice(id)), { voided: true });
  assert.is((await Invoice.query().findById(id))?.status, 'void');
  const paid = await aPaidInvoice();
  assert.equal(await doing(() => activities.voidInvoice(paid.id)), { voided: false });
});

refunding.run();
