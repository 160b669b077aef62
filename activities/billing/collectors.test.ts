import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessRefused } from '../../gateways/processes.js';
import { Invoice } from '../../models/billing/invoice.js';
import { Payment } from '../../models/billing/payment.js';
import { aCustomer } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aPlacedOrder } from '../../tests/support/staff-tasks.js';
import { stubbedProcesses } from '../../tests/support/stubbed-processes.js';
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

telling.run();
