import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PaymentsRefused } from '../../gateways/payments/payments.js';
import type { Customer } from '../../models/accounts/customer.js';
import { AccountCredit } from '../../models/billing/account-credit.js';
import { Invoice } from '../../models/billing/invoice.js';
import { LedgerTransaction } from '../../models/billing/ledger-transaction.js';
import { Payment } from '../../models/billing/payment.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { TimelineEntry } from '../../models/timeline-entry.js';
import { aCustomer } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { failureOf } from '../../tests/support/failure.js';
import { anInvoice, saveCard } from '../../tests/support/invoices.js';
import { type RunningSimulator, startPaymentSimulator } from '../../tests/support/payment-simulator.js';
import { createChargeActivities, type KnownCharge } from './charges.js';
import { createCollectionActivities } from './collections.js';

const charging = suite('[BIL-05] charging a card');
const { openAttempt, recordOutcome, beginCollection } = createCollectionActivities();
let database: { close: () => Promise<void> };
let simulator: RunningSimulator;
let charges: ReturnType<typeof createChargeActivities>;
let customer: Customer;
let invoice: Invoice;
let attemptId: string;

charging.before(async () => {
  database = await openDatabase();
  simulator = await startPaymentSimulator();
  charges = createChargeActivities({ payments: simulator.payments, shopUrl: 'https://shop.example' });
});
charging.before.each(async () => {
  simulator.control.calm();
  customer = await aCustomer();
  invoice = await anInvoice(customer);
  attemptId = randomUUID();
});
charging.after(async () => {
  await simulator.stop();
  await database.close();
});

/** As the cluster runs an activity for the n-th time. */
function doing<Result>(act: () => Promise<Result>, attempt = 1): Promise<Result> {
  return new MockActivityEnvironment({ attempt, scheduledTimestampMs: Date.parse('2026-11-22T10:00:00Z') }).run(act);
}

async function opened(number?: string, onSession = true): Promise<void> {
  const { card } = await saveCard(simulator, customer, number);
  const wanted = { attemptId, invoiceId: invoice.id, paymentMethodId: card.id, onSession };
  assert.is(await doing(() => openAttempt(wanted)), 'opened');
}

async function charged(number?: string, onSession = true): Promise<KnownCharge> {
  await opened(number, onSession);
  await doing(() => charges.createCharge(attemptId));
  return doing(() => charges.confirmCharge(attemptId));
}

async function takenAtProvider(): Promise<number> {
  const all = simulator.control.account.charges.newestFirst();
  const account = (await customer.$query()).paymentAccount;
  return all.filter((charge) => charge.customer === account && charge.paid).length;
}

charging('books the receipt, the attempt and the sentence together, once', async () => {
  const charge = await charged();
  assert.is(charge.state, 'succeeded');
  if (charge.state !== 'succeeded') return;
  const settlement = { state: 'succeeded', chargeId: charge.chargeId } as const;
  assert.is((await doing(() => recordOutcome({ attemptId, settlement }))).status, 'paid');
  assert.is((await doing(() => recordOutcome({ attemptId, settlement }))).status, 'paid');

  const [payment, ...others] = await Payment.query().where({ invoiceId: invoice.id });
  assert.equal([payment?.amountMinor, payment?.reference, others.length], [260_40, 'Visa •••• 4242', 0]);
  assert.is(
    await LedgerTransaction.query()
      .where({ sourceId: payment?.id ?? '' })
      .resultSize(),
    1,
  );
  const told = await TimelineEntry.query().modify('about', 'invoice', invoice.id).modify('newestFirst');
  assert.equal(
    told.map(({ event }) => event),
    ['invoice.paid', 'invoice.issued'],
  );
  assert.is(
    await doing(() => openAttempt({ attemptId: randomUUID(), invoiceId: invoice.id, onSession: false })),
    'closed',
  );
});

for (const [step, path] of [
  ['createCharge', 'POST /v1/payment_intents'],
  ['confirmCharge', 'POST /v1/payment_intents/:id/confirm'],
] as const) {
  charging(`charges once when the answer to ${step} is lost after it was done`, async () => {
    await opened();
    simulator.control.fault({ match: path, kind: 'drop_answer' });
    const first = await doing(() => charges.createCharge(attemptId));
    if (first.state === 'unconfirmed')
      assert.is((await doing(() => charges.confirmCharge(attemptId))).state, 'unknown');
    else assert.is(first.state, 'unknown');
    assert.is((await PaymentAttempt.query().findById(attemptId))?.status, 'unknown');

    const found = await doing(() => charges.lookUpCharge(attemptId));
    if (found.state === 'unconfirmed') {
      assert.is((await doing(() => charges.createCharge(attemptId))).state, 'unconfirmed');
      assert.is((await doing(() => charges.confirmCharge(attemptId))).state, 'succeeded');
    } else assert.is(found.state, 'succeeded');
    assert.is(await takenAtProvider(), 1);
  });
}

charging('looks first when it is repeated after its worker died', async () => {
  await charged();
  assert.is((await doing(() => charges.confirmCharge(attemptId), 2)).state, 'succeeded');
  assert.is(await takenAtProvider(), 1);
});

charging('has made no charge that nobody heard of', async () => {
  await opened();
  simulator.control.fault({ match: 'POST /v1/payment_intents', kind: 'drop_before' });
  assert.is((await doing(() => charges.createCharge(attemptId))).state, 'unknown');
  assert.is((await doing(() => charges.lookUpCharge(attemptId))).state, 'unconfirmed');
  assert.is((await doing(() => charges.cancelCharge(attemptId))).state, 'cancelled');
});

charging('does not put to the bank what was voided meanwhile', async () => {
  await opened();
  await doing(() => charges.createCharge(attemptId));
  await Invoice.transaction((trx) => invoice.voidIfOpen(new Date(), trx));
  assert.is((await doing(() => charges.confirmCharge(attemptId))).state, 'cancelled');
  assert.is(await takenAtProvider(), 0);
});

charging('keeps money that came after the invoice was voided as the customer’s credit', async () => {
  const charge = await charged();
  await Invoice.transaction((trx) => invoice.voidIfOpen(new Date(), trx));
  if (charge.state !== 'succeeded') throw new Error(charge.state);
  const settlement = { state: 'succeeded', chargeId: charge.chargeId } as const;
  assert.is((await doing(() => recordOutcome({ attemptId, settlement }))).status, 'void');
  const credit = await AccountCredit.query().findOne({ customerId: customer.id });
  assert.is(credit?.amountMinor, 260_40);
});

charging('notes that the bank wants to see its customer, and that it was answered no', async () => {
  assert.is((await charged('4000002760003184')).state, 'requires_action');
  assert.is((await PaymentAttempt.query().findById(attemptId))?.status, 'requires_action');
  assert.is((await doing(() => charges.cancelCharge(attemptId))).state, 'cancelled');
});

charging('counts what failed from the last time the customer tried themselves', async () => {
  const charge = await charged('4000000000000341');
  assert.equal(charge, { state: 'declined', kind: 'soft', code: 'generic_decline' });
  if (charge.state !== 'declined') return;
  const { failed } = await doing(() => recordOutcome({ attemptId, settlement: charge }));
  const failedAt = '2026-11-22T10:00:00.000Z';
  assert.equal(failed, { firstFailedAt: failedAt, lastFailedAt: failedAt, retries: 0, lastDecline: 'soft' });
  assert.equal((await doing(() => beginCollection(invoice.id))).failed, failed);
  const [told] = await TimelineEntry.query().modify('about', 'invoice', invoice.id).modify('newestFirst');
  assert.is(told?.event, 'invoice.declined');
});

charging('leaves it to a person when the provider holds another amount than ours, or refuses what we ask', async () => {
  await opened();
  await doing(() => charges.createCharge(attemptId));
  await PaymentAttempt.query().findById(attemptId).patch({ amountMinor: 1 });
  assert.match(String(await failureOf(doing(() => charges.confirmCharge(attemptId)))), 'holds 26040 EUR');
  await customer.$query().patch({ paymentAccount: 'cus_nobody' });
  await PaymentAttempt.query().findById(attemptId).patch({ intentId: null, createKey: randomUUID() });
  assert.instance(await failureOf(doing(() => charges.createCharge(attemptId))), PaymentsRefused);
});

charging('opens no attempt with a card that was removed, or that is somebody else’s', async () => {
  const { card } = await saveCard(simulator, customer);
  const { card: foreign } = await saveCard(simulator, await aCustomer());
  await card.remove(new Date());
  for (const paymentMethodId of [card.id, foreign.id, undefined])
    assert.is(
      await doing(() => openAttempt({ attemptId, invoiceId: invoice.id, paymentMethodId, onSession: true })),
      'no_card',
    );
});

charging.run();
