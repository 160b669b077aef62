import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessesUnavailable, ProcessRefused } from '../../../gateways/processes.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { settleAttempt } from '../../../models/billing/attempt-settlement.js';
import type { Invoice } from '../../../models/billing/invoice.js';
import { PaymentAttempt } from '../../../models/billing/payment-attempt.js';
import { PaymentMethod } from '../../../models/billing/payment-method.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { anInvoice, saveCard, typedCard } from '../../../tests/support/invoices.js';
import { type RunningSimulator, startPaymentSimulator } from '../../../tests/support/payment-simulator.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Fields, type Visitor, visit } from '../../../tests/support/visitor.js';
import { invoicePayment, payInvoice, resumeAttempt } from '../../../workflows/messages/invoice-payment.js';

const paying = suite('[BIL-05] paying an invoice');
const attemptId = '5f0e5a52-6c0b-4c5e-9a3d-5f3c1f0e5a52';
let database: { close: () => Promise<void> };
let simulator: RunningSimulator;
let processes: ReturnType<typeof stubbedProcesses>;
let customer: Customer;
let invoice: Invoice;
let visitor: Visitor;
let address: string;

paying.before(async () => {
  database = await openDatabase();
  simulator = await startPaymentSimulator();
});
paying.before.each(async () => {
  await PaymentAttempt.query().findById(attemptId).delete();
  processes = stubbedProcesses();
  customer = await aCustomer();
  invoice = await anInvoice(customer);
  const { payments } = simulator;
  const guest = await visit(testApp({ processes, payments, now: () => new Date('2026-11-22T10:00:00Z') }));
  visitor = await signedInVisitor(guest, await aUser(customer));
  address = `/invoices/${invoice.number}`;
});
paying.after.each(() => visitor.leave());
paying.after(async () => {
  await simulator.stop();
  await database.close();
});

/** What the process does when it is told to pay: here, an attempt that ends as said. */
function answers(status: string, declineCode?: string): void {
  processes.update.resolves({ attemptId, status, ...(declineCode ? { declineCode } : {}) });
}

async function anAttempt(card: PaymentMethod): Promise<void> {
  await PaymentAttempt.open(
    { id: attemptId, invoiceId: invoice.id, paymentMethodId: card.id, onSession: true },
    new Date(),
  );
}

paying('says the amount and offers the saved cards, the usual one chosen', async () => {
  const { card } = await saveCard(simulator, customer);
  const { body } = await visitor.get(address);
  assert.match(body, 'Pay €260.40');
  assert.match(body, new RegExp(`value="${card.id}" checked`));
  assert.match(body, 'Visa •••• 4242');
});

paying('lets a card be typed into the provider’s frame, on that page alone', async () => {
  const { body, headers } = await visitor.get(address);
  assert.match(body, /data-client-secret="seti_\w+_secret_\w+"/);
  assert.match(body, 'Typing in a card needs JavaScript');
  assert.match(headers.get('Content-Security-Policy') ?? '', `frame-src ${simulator.origin}`);
  assert.not.match((await visitor.get('/invoices')).headers.get('Content-Security-Policy') ?? '', simulator.origin);
});

paying('tells the process which saved card, and goes back to the invoice', async () => {
  const { card } = await saveCard(simulator, customer);
  answers('succeeded');
  const { status, location } = await visitor.post(`${address}/payment`, { card: card.id });
  assert.equal([status, location], [303, address]);
  const wish = { paymentMethodId: card.id };
  sinon.assert.calledOnceWithExactly(processes.update, invoicePayment, { invoiceId: invoice.id }, payInvoice, wish);
});

paying('keeps the card that was typed in, and pays with it', async () => {
  await visitor.get(address); // begins the customer's account
  const { paymentAccount } = await customer.$query();
  const setup = await typedCard(simulator, paymentAccount ?? '');
  answers('succeeded');
  assert.is((await visitor.post(`${address}/payment`, { setup })).status, 303);
  const [card, ...others] = await PaymentMethod.query().modify('ownedBy', customer);
  assert.equal([card?.last4, card?.isDefault, others.length], ['4242', true, 0]);
  assert.equal(processes.update.firstCall.args[3], { paymentMethodId: card?.id });
});

paying('says in words why the bank declined, and what to do', async () => {
  const { card } = await saveCard(simulator, customer);
  await anAttempt(card);
  await settleAttempt(
    attemptId,
    { state: 'declined', kind: 'soft', code: 'insufficient_funds' },
    new Date('2026-11-22T09:00Z'),
  );
  answers('declined', 'insufficient_funds');
  const { status, body } = await visitor.post(`${address}/payment`, { card: card.id });
  assert.is(status, 422);
  assert.match(body, 'There is not enough on the card');
  assert.match(body, 'We try the card again by ourselves on');
});

paying('asks the page’s script to go to the bank, and hears from it', async () => {
  const { card } = await saveCard(simulator, customer, '4000002760003184');
  await anAttempt(card);
  const { payments } = simulator;
  const account = (await customer.$query()).paymentAccount ?? '';
  const wanted = { account, card: card.providerId, amount: invoice.total, onSession: true, attemptId };
  const { intentId } = await payments.createCharge({ ...wanted, invoiceNumber: invoice.number }, `c-${invoice.id}`);
  await payments.confirmCharge(intentId, { onSession: true }, `k-${invoice.id}`);
  await PaymentAttempt.query().findById(attemptId).patch({ status: 'requires_action', intentId });
  const { body } = await visitor.get(address);
  assert.match(body, new RegExp(`data-bank-question="${intentId}_secret_`));
  answers('requires_action');
  assert.is((await visitor.post(`${address}/payment/resumption`, {})).location, address);
  sinon.assert.calledOnceWithExactly(processes.update, invoicePayment, { invoiceId: invoice.id }, resumeAttempt);
  assert.match((await visitor.get(`${address}?card=new`)).body, 'data-client-secret');
});

paying('follows by itself what the bank takes longer for', async () => {
  const { card } = await saveCard(simulator, customer);
  await anAttempt(card);
  processes.update.rejects(new ProcessesUnavailable('no answer in time'));
  assert.is((await visitor.post(`${address}/payment`, { card: card.id })).location, address);
  const { body } = await visitor.get(address);
  assert.match(body, 'hx-trigger="every 3s"');
  assert.not.match(body, 'action="/invoices');
});

paying('says that nobody answers when nothing was begun', async () => {
  const { card } = await saveCard(simulator, customer);
  processes.update.rejects(new ProcessesUnavailable('away'));
  assert.is((await visitor.post(`${address}/payment`, { card: card.id })).status, 503);
});

paying('begins to collect an invoice that nobody collects yet', async () => {
  const { card } = await saveCard(simulator, customer);
  answers('succeeded');
  processes.update.onFirstCall().rejects(new ProcessRefused('no such process is running'));
  assert.is((await visitor.post(`${address}/payment`, { card: card.id })).status, 303);
  sinon.assert.calledTwice(processes.update);
  sinon.assert.calledOnceWithExactly(processes.start, invoicePayment, { invoiceId: invoice.id });
});

const foreign = '00000000-0000-4000-8000-000000000000';
const odd: readonly (readonly [string, Fields | string])[] = [
  ['no card', {}],
  ['an unknown card', { card: foreign }],
  ['a card that is no id', { card: "' OR 1=1" }],
  ['two cards', `card=${foreign}&card=${foreign}`],
  ['a card and a setup', { card: foreign, setup: 'seti_1' }],
  ['a setup nobody began', { setup: 'seti_nobody' }],
  ['an amount', { card: foreign, amount: '1' }],
  ['__proto__', '__proto__[card]=1'],
  ['a very long card', { card: 'x'.repeat(5_000) }],
];
for (const [what, fields] of odd) {
  paying(`does nothing with ${what}`, async () => {
    await saveCard(simulator, customer);
    const sent = typeof fields === 'string' ? (new URLSearchParams(fields) as unknown as Fields) : fields;
    const { status, body } = await visitor.post(`${address}/payment`, sent);
    assert.is(status, 422);
    assert.match(body, /Choose a card|The card was not saved/);
    sinon.assert.notCalled(processes.update);
  });
}

paying('takes neither another customer’s card nor their setup, nor shows their invoice', async () => {
  const other = await aCustomer();
  const { card, setupId } = await saveCard(simulator, other);
  for (const fields of [{ card: card.id }, { setup: setupId }] as Fields[])
    assert.is((await visitor.post(`${address}/payment`, fields)).status, 422);
  const theirs = `/invoices/${(await anInvoice(other)).number}`;
  for (const path of [theirs, `${theirs}/print`]) assert.is((await visitor.get(path)).status, 404);
  for (const path of [`${theirs}/payment`, `${theirs}/payment/resumption`])
    assert.is((await visitor.post(path, { card: card.id })).status, 404);
  sinon.assert.notCalled(processes.update);
});

paying('says that the provider is away, and shows the invoice all the same', async () => {
  simulator.control.fault({ match: 'POST /v1/setup_intents', kind: '500_before' });
  const { status, body } = await visitor.get(address);
  assert.is(status, 503);
  assert.match(body, 'The payment provider does not answer');
  assert.match(body, '€260.40');
});

paying.run();
