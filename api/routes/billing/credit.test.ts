import { randomUUID } from 'node:crypto';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessRefused } from '../../../gateways/processes.js';
import type { Customer } from '../../../models/accounts/customer.js';
import type { Invoice } from '../../../models/billing/invoice.js';
import { Payment } from '../../../models/billing/payment.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aFailedPayment, anOpenAttempt } from '../../../tests/support/failed-payments.js';
import { anInvoice } from '../../../tests/support/invoices.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';
import { AmountChanged } from '../../../workflows/messages/failures.js';
import { invoiceChanged, invoicePayment } from '../../../workflows/messages/invoice-payment.js';

const paying = suite('[BIL-05] [BIL-09] paying with account credit');
const now = new Date('2026-11-25T12:00:00Z');
let database: { close: () => Promise<void> };
let processes: ReturnType<typeof stubbedProcesses>;
let guest: Visitor;
let visitor: Visitor;
let staff: Visitor;
let customer: Customer;
let invoice: Invoice;
let card: Awaited<ReturnType<typeof aFailedPayment>>['card'];
let address: string;

paying.before.each(async () => {
  database = await openDatabase();
  processes = stubbedProcesses();
  customer = await aCustomer();
  ({ invoice, card } = await aFailedPayment(customer));
  guest = await visit(testApp({ processes, now: () => now }));
  visitor = await signedInVisitor(guest, await aUser(customer));
  staff = await signedInVisitor(guest, await aStaffMember({ role: 'billing' }));
  address = `/invoices/${invoice.number}`;
});
paying.after.each(async () => {
  await guest.leave();
  await database.close();
});

async function given(creditMinor: number): Promise<void> {
  const { id: invoiceId } = await anInvoice(customer, { netMinor: 100 });
  const amount = { amountMinor: 120 + creditMinor, currency: 'EUR' };
  const receipt = { invoiceId, method: 'transfer', amount, reference: randomUUID(), at: now } as const;
  await Payment.transaction((trx) => Payment.receive(receipt, trx));
}

const told = () =>
  sinon.assert.calledOnceWithExactly(processes.signal, invoicePayment, { invoiceId: invoice.id }, invoiceChanged);

paying('in whole needs no card, says what stays, and tells whoever collects', async () => {
  await given(300_00);
  const { body } = await visitor.get(address);
  assert.match(body, 'Your credit of €300.00 covers it; €39.60 stay to your credit.');
  assert.match(body, 'Pay €260.40 with your credit');
  assert.not.match(body, 'Visa •••• 4242, ');
  assert.not.match(body, `value="${card.id}"`);
  const { status, location } = await visitor.post(`${address}/credit`, {});
  assert.equal([status, location], [303, address]);
  assert.is((await invoice.$query()).status, 'paid');
  told();
  assert.match((await visitor.get(address)).body, /Paid with credit<\/dt><dd>−€260.40/);
});

paying('in part goes before the card, which is offered the rest', async () => {
  await given(100_00);
  const { body } = await visitor.get(address);
  assert.match(body, 'Your credit of €100.00 goes first; the card pays the rest.');
  assert.match(body, 'Pay €160.40');
  assert.match(body, 'name="amount" value="16040"');
  assert.is((await visitor.post(`${address}/credit`, {})).status, 303);
  assert.is((await invoice.$query()).status, 'open');
  told();
  const paper = (await visitor.get(`${address}/print`)).body;
  assert.match(paper, /Paid with credit<\/dt><dd>−€100.00/);
  assert.match(paper, /To pay by [^<]+<\/dt><dd>€160.40/);
});

paying('tells the process what its page showed, and shows the new amount when that has changed', async () => {
  await given(100_00);
  assert.match((await visitor.get(address)).body, 'name="credit" value="10000"');
  const pay = (amount: string, credit: string) => visitor.post(`${address}/payment`, { card: card.id, amount, credit });
  processes.update.onFirstCall().rejects(new ProcessRefused('no', { refusal: AmountChanged }));
  const { status, body } = await pay('14040', '12000');
  assert.is(status, 409);
  assert.match(body, 'The amount has changed');
  assert.match(body, 'Pay €160.40');
  const shown = { cardMinor: 14040, creditMinor: 12000 };
  assert.equal(
    processes.update.args.map(([, , , wish]) => wish),
    [{ paymentMethodId: card.id, shown }],
  );
  processes.update.resolves({ attemptId: 'a1', status: 'succeeded' });
  assert.is((await pay('16040', '10000')).status, 303);
  for (const odd of ['-1', '1e9', 'NaN']) {
    assert.is((await pay(odd, '0')).status, 422);
    assert.is((await pay('26040', odd)).status, 422);
  }
});

paying('that is gone, or while a charge is out, changes nothing and says why', async () => {
  const gone = await visitor.post(`${address}/credit`, {});
  assert.equal([gone.status, gone.body.includes('There is no credit left')], [409, true]);
  await anOpenAttempt(invoice, card);
  await given(100_00);
  const busy = await visitor.post(`${address}/credit`, {});
  assert.is(busy.status, 409);
  assert.is(await Payment.query().where({ method: 'credit' }).resultSize(), 0);
  sinon.assert.notCalled(processes.signal);
});

paying('of a stranger’s invoice is not there', async () => {
  const other = await anInvoice(await aCustomer());
  assert.is((await visitor.post(`/invoices/${other.number}/credit`, {})).status, 404);
});

paying('lists what moved it, for the customer and for staff', async () => {
  assert.match((await visitor.get('/credit')).body, 'No credit yet');
  await given(100_00);
  await visitor.post(`${address}/credit`, {});
  for (const { body } of [
    await visitor.get('/credit'),
    await staff.get(`/staff/customers/${customer.number}/credit`),
  ]) {
    assert.match(body, `Used for invoice ${invoice.number}`);
    assert.match(body, '−€100.00');
    assert.match(body, /Paid beyond invoice NQ-2026-\d+/);
    assert.match(body, '+€100.00');
    assert.match(body, '<b>€0.00</b>');
  }
});

paying('is used by staff at the desk, under their name', async () => {
  await given(100_00);
  const desk = `/staff/payments/${invoice.number}`;
  const { body } = await staff.get(desk);
  assert.match(body, 'The customer’s credit goes first: €100.00. €160.40 are charged at once');
  assert.match(body, 'Use €100.00');
  assert.is((await staff.post(`${desk}/credit`, {})).status, 303);
  told();
  assert.is((await invoice.due()).amountMinor, 160_40);
  const again = await staff.post(`${desk}/credit`, {});
  assert.equal([again.status, again.body.includes('The customer has no credit left')], [409, true]);
  const reader = await signedInVisitor(guest, await aStaffMember({ role: 'read_only' }));
  assert.is((await reader.post(`${desk}/credit`, {})).status, 403);
});

paying.run();
