import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessesUnavailable } from '../../../gateways/processes.js';
import { Customer } from '../../../models/accounts/customer.js';
import { settleAttempt } from '../../../models/billing/attempt-settlement.js';
import { CreditNote } from '../../../models/billing/credit-note.js';
import { Invoice } from '../../../models/billing/invoice.js';
import { Refund } from '../../../models/billing/refund.js';
import { StaffTask } from '../../../models/durable/staff-task.js';
import { testApp, testDeps } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aCard, anOpenAttempt } from '../../../tests/support/failed-payments.js';
import { anInvoice } from '../../../tests/support/invoices.js';
import { anOwedRefund } from '../../../tests/support/refunds.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { aTask } from '../../../tests/support/staff-tasks.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';
import { processOfTask, resolveStaffTask } from '../../../workflows/messages/staff-tasks.js';

const writing = suite('[BIL-09] a refund that staff sent, written down');
const now = new Date('2026-11-25T12:00:00Z');
const typed = { sentOn: '2026-11-24', reference: 'SEPA 77' };
const processes = stubbedProcesses();
const refundOfCharge = sinon.stub();
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;
let invoice: Invoice;
let refund: Refund;
let page: string;
let address: string;

writing.before.each(async () => {
  for (const stub of Object.values(processes)) stub.reset();
  database = await openDatabase();
  refundOfCharge.reset();
  const payments = { ...testDeps().payments, refundOfCharge };
  guest = await visit(testApp({ processes, payments, now: () => now }));
  visitor = await signedInVisitor(guest, await aStaffMember({ role: 'billing' }));
  invoice = await anInvoice(await aCustomer());
  refund = await anOwedRefund(invoice, now);
  page = `/staff/invoices/${invoice.number}`;
  address = `/staff/refunds/${refund.id}/transfer`;
});
writing.after.each(async () => {
  await guest.leave();
  await database.close();
});

const asked = () =>
  aTask({
    subjectType: 'invoice',
    subject: invoice.number,
    step: 'refundPayments',
    workflowId: `refund-return:${refund.id}`,
  });

writing('is booked, stands on the page, and the process that asked staff goes on', async () => {
  const { id: taskId, workflowId } = await asked();
  assert.match((await visitor.get(page)).body, '€260.40 are to be sent by hand');
  const owedBack = async () => (await visitor.get('/staff/invoices?show=owedBack')).body;
  assert.match(await owedBack(), invoice.number);
  const { status, location } = await visitor.post(address, typed);
  assert.equal([status, location], [303, `${page}#refunds`]);
  assert.is((await refund.$query()).status, 'succeeded');
  const { answer, note } = processes.update.lastCall.args[3];
  sinon.assert.calledOnceWithMatch(processes.update, processOfTask, { workflowId }, resolveStaffTask, { taskId });
  assert.equal([answer, note], ['retry', 'SEPA 77']);
  const { body } = await visitor.get(page);
  assert.match(body, '€260.40 were sent back by bank transfer (SEPA 77)');
  assert.not.match(body, 'are to be sent by hand');
  assert.not.match(await owedBack(), invoice.number);
});

writing('stands when nobody can be told just now, or nobody waits', async () => {
  assert.is((await visitor.post(address, typed)).status, 303);
  sinon.assert.notCalled(processes.update);
  await asked();
  processes.update.rejects(new ProcessesUnavailable('away'));
  assert.is((await visitor.post(address, typed)).status, 303); // sent again it changes nothing
  assert.is(await Refund.query().modify('of', invoice.id).resultSize(), 1);
});

for (const [field, value] of [
  ['sentOn', '2026-11-26'],
  ['sentOn', '2026-11-23'],
  ['sentOn', ''],
  ['reference', ' '],
  ['reference', 'x'.repeat(141)],
] as const) {
  writing(`is not taken with ${field} “${value.slice(0, 12)}”, and what was typed comes back`, async () => {
    const { status, body } = await visitor.post(address, { ...typed, [field]: value });
    assert.is(status, 422);
    assert.match(body, `href="#${field}-${refund.id}"`);
    assert.is((await refund.$query()).status, 'requested');
  });
}

writing('is refused in words once it went back', async () => {
  await visitor.post(address, typed);
  const { status, body } = await visitor.post(address, { ...typed, reference: 'another' });
  assert.is(status, 409);
  assert.match(body, 'This money went back already');
});

writing('that the provider has after all is booked as that, and as no transfer, once the bank decided', async () => {
  invoice = await anInvoice(await aCustomer());
  const attempt = await anOpenAttempt(
    invoice,
    await aCard(await Customer.query().findById(invoice.customerId).throwIfNotFound()),
  );
  await attempt.$query().patch({ intentId: 'pi_1' });
  await settleAttempt(attempt.id, { state: 'succeeded', chargeId: 'ch_1' }, now);
  const note = () =>
    Invoice.transaction(async (trx) =>
      Refund.requestFor(await CreditNote.issueFor(await invoice.$query(trx), 'order_cancelled', now, trx), now, trx),
    );
  const [lost] = await note();
  const { id } = await aTask({
    subjectType: 'invoice',
    subject: invoice.number,
    step: 'refundPayments',
    workflowId: `refund-return:${lost?.id}`,
  });
  await StaffTask.close(id, { answer: 'cancel', answeredBy: 'process', answeredAt: now });
  const post = () => visitor.post(`/staff/refunds/${lost?.id}/transfer`, typed);
  refundOfCharge.resolves({ id: 're_1', state: 'pending' });
  const waiting = await post();
  assert.equal([waiting.status, /The provider has this refund/.test(waiting.body)], [409, true]);
  refundOfCharge.resolves({ id: 're_1', state: 'succeeded' });
  assert.is((await post()).status, 303);
  const { status, providerId, transferReference } = (await lost?.$query()) ?? {};
  assert.equal([status, providerId, transferReference], ['succeeded', 're_1', null]);
});

writing('is left to those who may change billing', async () => {
  const reader = await signedInVisitor(guest, await aStaffMember({ role: 'support' }));
  assert.is((await reader.post(address, typed)).status, 403);
  assert.not.match((await reader.get(page)).body, 'are to be sent by hand');
  assert.is((await visitor.post('/staff/refunds/nothing/transfer', typed)).status, 404);
});

writing.run();
