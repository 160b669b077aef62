import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessesUnavailable, ProcessRefused } from '../../../gateways/processes.js';
import type { Customer } from '../../../models/accounts/customer.js';
import type { StaffMember } from '../../../models/accounts/staff-member.js';
import type { Invoice } from '../../../models/billing/invoice.js';
import type { PaymentMethod } from '../../../models/billing/payment-method.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aCard, aDecline, aFailedPayment, anOpenAttempt } from '../../../tests/support/failed-payments.js';
import { anInvoice } from '../../../tests/support/invoices.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';
import { AttemptUnderWay, InvoiceClosed } from '../../../workflows/messages/failures.js';
import { invoicePayment, retryPayment } from '../../../workflows/messages/invoice-payment.js';

const desk = suite('[BIL-06] a card tried again by staff');
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;
let staff: StaffMember;
let customer: Customer;
let invoice: Invoice;
let card: PaymentMethod;
let address: string;
const processes = stubbedProcesses();

desk.before.each(async () => {
  for (const stub of Object.values(processes)) stub.reset();
  database = await openDatabase();
  guest = await visit(testApp({ processes, now: () => new Date('2026-11-25T12:00:00Z') }));
  staff = await aStaffMember({ role: 'billing' });
  visitor = await signedInVisitor(guest, staff);
  customer = await aCustomer();
  ({ invoice, card } = await aFailedPayment(customer));
  address = `/staff/payments/${invoice.number}`;
});
desk.after.each(async () => {
  await guest.leave();
  await database.close();
});

function answers(status: string, declineCode?: string): void {
  processes.update.resolves({ attemptId: 'a1', status, ...(declineCode && { declineCode }) });
}

desk('offers the customer’s cards, the usual one chosen, and says what happens', async () => {
  const other = await aCard(customer, '5577');
  const { body } = await visitor.get(address);
  assert.match(body, new RegExp(`value="${card.id}" checked`));
  assert.match(body, other.id);
  assert.match(body, '€260.40 are charged at once, without the customer.');
});

desk('tells the process which card and who asks, and comes back to the page', async () => {
  answers('succeeded');
  const { status, location } = await visitor.post(`${address}/attempts`, { card: card.id });
  assert.equal([status, location], [303, address]);
  const [contract, subject, message, wish] = processes.update.firstCall.args;
  assert.equal([contract, subject, message], [invoicePayment, { invoiceId: invoice.id }, retryPayment]);
  assert.is(wish.paymentMethodId, card.id);
  assert.is(wish.by.staffId, staff.id);
});

desk('says of a first try that it was the first', async () => {
  const untried = await anInvoice(customer);
  processes.update.callsFake(async () => {
    const { id } = await aDecline(untried, card, { on: '2026-11-25T12:00:00Z' });
    return { attemptId: id, status: 'declined', declineCode: 'insufficient_funds' };
  });
  const { body } = await visitor.post(`/staff/payments/${untried.number}/attempts`, { card: card.id });
  assert.match(body, 'Visa •••• 4242 was declined; it was the first try');
  const [, row = ''] = body.match(/id="h-attempts".*?<tbody>(.*?)<\/tbody>/s) ?? [];
  for (const words of ['Visa •••• 4242', 'Not enough money', 'insufficient_funds']) assert.match(row, words);
});

desk('says that credit paid all of it, and no card', async () => {
  processes.update.resolves({ attemptId: 'a1', status: 'paid_from_credit' });
  const { status, body } = await visitor.post(`${address}/attempts`, { card: card.id });
  assert.is(status, 200);
  assert.match(body, 'The customer’s credit covered all that was owed; no card was charged.');
});

desk('says in words why the bank declined once more', async () => {
  processes.update.callsFake(async () => {
    const { id } = await aDecline(invoice, card, { on: '2026-11-25T12:00:00Z', code: 'expired_card', kind: 'hard' });
    return { attemptId: id, status: 'declined', declineCode: 'expired_card' };
  });
  const { status, body } = await visitor.post(`${address}/attempts`, { card: card.id });
  assert.is(status, 422);
  assert.match(body, 'Visa •••• 4242 was declined; 2 tries have failed');
  assert.match(body, 'Card expired');
});

const refused = [
  [InvoiceClosed, 'The invoice is settled'],
  [AttemptUnderWay, 'A try is under way'],
] as const;
for (const [refusal, words] of refused) {
  desk(`says in words that the process refused with ${refusal}`, async () => {
    processes.update.rejects(new ProcessRefused('no', { refusal }));
    const { status, body } = await visitor.post(`${address}/attempts`, { card: card.id });
    assert.is(status, 409);
    assert.match(body, 'Nothing was done');
    assert.match(body, words);
    sinon.assert.calledOnce(processes.update);
  });
}

desk('asks nobody while the last try is unknown, and offers nothing', async () => {
  await (await anOpenAttempt(invoice, card)).$query().patch({ status: 'unknown' });
  assert.not.match((await visitor.get(address)).body, `action="${address}/attempts"`);
  const { status, body } = await visitor.post(`${address}/attempts`, { card: card.id });
  assert.is(status, 409);
  assert.match(body, 'Nobody can say yet');
  sinon.assert.notCalled(processes.update);
});

desk('begins to collect an invoice that nobody collects yet', async () => {
  answers('succeeded');
  processes.update.onFirstCall().rejects(new ProcessRefused('no such process is running'));
  assert.is((await visitor.post(`${address}/attempts`, { card: card.id })).status, 303);
  sinon.assert.calledOnceWithExactly(processes.start, invoicePayment, { invoiceId: invoice.id });
});

desk('follows what takes longer, and says that nobody answers where nothing was begun', async () => {
  processes.update.rejects(new ProcessesUnavailable('away'));
  assert.is((await visitor.post(`${address}/attempts`, { card: card.id })).status, 503);
  processes.update.callsFake(async () => {
    await anOpenAttempt(invoice, card);
    throw new ProcessesUnavailable('not yet');
  });
  assert.is((await visitor.post(`${address}/attempts`, { card: card.id })).status, 303);
});

desk('takes no other card than a usable one of that customer', async () => {
  const stranger = await aCard(await aCustomer());
  const removed = await aCard(customer, '5577');
  await removed.$query().patch({ removedAt: new Date() });
  const bad: Record<string, string | string[]>[] = [
    {},
    { card: stranger.id },
    { card: removed.id },
    { card: 'visa' },
    { card: "' OR 1=1" },
    { card: card.id, amountMinor: '1' },
  ];
  for (const fields of bad) {
    const { status, body } = await visitor.post(`${address}/attempts`, fields as never);
    assert.is(status, 422, JSON.stringify(fields));
    assert.match(body, 'Choose another one');
  }
  sinon.assert.notCalled(processes.update);
});

desk('is shown to those who may see billing, and left to those who may change it', async () => {
  const reader = await signedInVisitor(guest, await aStaffMember({ role: 'support' }));
  const { status, body } = await reader.get(address);
  assert.is(status, 200);
  assert.not.match(body, 'Try now');
  assert.is((await reader.post(`${address}/attempts`, { card: card.id })).status, 403);
});

desk.run();
