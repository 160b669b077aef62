import { randomUUID } from 'node:crypto';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessRefused } from '../../gateways/processes.js';
import { CollectionPlan } from '../../models/billing/collection-plan.js';
import { Invoice } from '../../models/billing/invoice.js';
import { Payment } from '../../models/billing/payment.js';
import { RetrySchedule } from '../../models/billing/retry-schedule.js';
import { TimelineEntry } from '../../models/timeline-entry.js';
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

telling(
  'are told that credit paid what is due, with no card there: once due where the customer is, and not held off',
  async () => {
    const now = new Date('2026-11-25T22:30:00Z'); // the 26th in Kyiv
    const credited = async (timeZone: string, dueOn: string, creditMinor = 300_00) => {
      const customer = await aCustomer({ timeZone });
      const { id: invoiceId, currency } = await anInvoice(customer, { netMinor: 100 });
      const amount = { amountMinor: 120 + creditMinor, currency };
      const receipt = { invoiceId, method: 'transfer', amount, reference: randomUUID(), at: now } as const;
      await Payment.transaction((trx) => Payment.receive(receipt, trx));
      return anInvoice(customer, { dueOn });
    };
    const due = await credited('Europe/Kyiv', '2026-11-26');
    const part = await credited('Europe/Kyiv', '2026-11-20', 100_00);
    const later = await credited('Europe/Paris', '2026-11-26');
    const heldOff = await credited('Europe/Kyiv', '2026-11-20');
    await CollectionPlan.query().insert({ invoiceId: heldOff.id, heldUntil: new Date('2026-12-01T00:00:00Z') });
    const poor = await anInvoice(await aCustomer(), { dueOn: '2026-11-20' });
    const processes = stubbedProcesses();
    for (const _ of [1, 2]) await asActivity(createCollectorActivities({ processes }).useCreditWhenDue, now);
    assert.equal(processes.signal.args.map(([, { invoiceId }]) => invoiceId).sort(), [due.id, part.id].sort());
    const left = [due, part, later, heldOff, poor].map(async (each) => (await (await each.$query()).due()).amountMinor);
    assert.equal(await Promise.all(left), [0, 160_40, 260_40, 260_40, 260_40]);
    const [told] = await TimelineEntry.query().where({ event: 'invoice.credit_used', subjectId: due.id });
    assert.is(told?.actor, 'process');
  },
);

telling.run();
