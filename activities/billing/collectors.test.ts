import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessRefused } from '../../gateways/processes.js';
import { Invoice } from '../../models/billing/invoice.js';
import { Payment } from '../../models/billing/payment.js';
import { RetrySchedule } from '../../models/billing/retry-schedule.js';
import { aCustomer, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aFailedPayment } from '../../tests/support/failed-payments.js';
import { anInvoice } from '../../tests/support/invoices.js';
import { aPlacedOrder } from '../../tests/support/staff-tasks.js';
import { stubbedProcesses } from '../../tests/support/stubbed-processes.js';
import { asActivity } from '../../tests/support/workshop.js';
import { invoiceChanged, invoicePayment } from '../../workflows/messages/invoice-payment.js';
import { createCollectorActivities } from './collectors.js';

const telling = suite('[BIL-06] collectors that did not hear');
let database: { close: () => Promise<void> };

telling.before(async () => {
  database = await openDatabase();
});
telling.after(() => database.close());

telling('are told of a paid invoice while its order waits, and of no other', async () => {
  const customer = await aCustomer();
  const [paid, unpaid] = [await aPlacedOrder(customer), await aPlacedOrder(customer, { hostName: 'b.example.org' })];
  const invoice = await Invoice.query().findOne({ orderId: paid.id }).throwIfNotFound();
  const receipt = { invoiceId: invoice.id, method: 'transfer', amount: invoice.total, reference: 'r', at: new Date() };
  await Payment.transaction((trx) => Payment.receive({ ...receipt, method: 'transfer' }, trx));
  const processes = stubbedProcesses();
  processes.signal.rejects(new ProcessRefused('over'));
  await createCollectorActivities({ processes }).tellCollectors();
  sinon.assert.calledOnceWithExactly(processes.signal, invoicePayment, { invoiceId: invoice.id }, invoiceChanged);
  assert.is.not(paid.id, unpaid.id);
});

telling('are told of a schedule that takes over what is collected, a batch a round, once', async () => {
  const { invoice } = await aFailedPayment(await aCustomer());
  await anInvoice(await aCustomer(), { dueOn: '2026-12-28' });
  const act = { staff: await aStaffMember(), address: '192.0.2.7', at: new Date('2026-11-25T12:00:00Z') };
  const set = async (takesOver: boolean, retryDays: number[]) => {
    const [last] = await RetrySchedule.all().limit(1);
    const at = new Date(act.at.getTime() + retryDays.length);
    await RetrySchedule.set({ policy: { retryDays, restDays: 1 }, takesOver, from: last?.id ?? null }, { ...act, at });
  };
  const told = async () => {
    const processes = stubbedProcesses();
    await asActivity(createCollectorActivities({ processes }).tellCollectors, act.at);
    return processes.signal.args.map(([, { invoiceId }]) => invoiceId);
  };
  const waiting = await told();
  await set(false, [2]);
  assert.equal(await told(), waiting);
  await set(true, [2, 4]);
  assert.equal(await told(), [...waiting, invoice.id]);
  assert.equal(await told(), waiting);
});

telling.run();
