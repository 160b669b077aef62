import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Invoice } from '../../models/billing/invoice.js';
import { Refund } from '../../models/billing/refund.js';
import { RefundReturn } from '../../models/billing/refund-return.js';
import { findWorkflows } from '../../models/durable/workflow-row.js';
import { TimelineEntry } from '../../models/timeline-entry.js';
import { assertBooksHold, balancesOf } from '../../tests/support/books.js';
import { doing, paidByCard } from '../../tests/support/card-payments.js';
import { openDatabase } from '../../tests/support/database.js';
import { type RunningSimulator, startPaymentSimulator } from '../../tests/support/payment-simulator.js';
import { refundReturn } from '../../workflows/messages/refund-return.js';
import { createRefundReturnActivities } from './refund-returns.js';
import { createRefundActivities } from './refunds.js';

const returning = suite('[BIL-09] refunds that come back');
let database: { close: () => Promise<void> };
let simulator: RunningSimulator;
let activities: ReturnType<typeof activitiesOf>;

function activitiesOf({ payments }: RunningSimulator) {
  return {
    ...createRefundActivities({ payments }),
    ...createRefundReturnActivities({ payments }),
  };
}

returning.before(async () => {
  database = await openDatabase();
  simulator = await startPaymentSimulator();
  activities = activitiesOf(simulator);
});
returning.after(async () => {
  await simulator.stop();
  await database.close();
});

async function aRefundedInvoice(): Promise<{ invoice: Invoice; refund: Refund }> {
  const { invoice } = await paidByCard(simulator);
  await doing(() => activities.creditInvoice({ invoiceId: invoice.id, reason: 'order_cancelled' }));
  await doing(() => activities.refundPayments(invoice.id));
  return { invoice, refund: await Refund.query().modify('of', invoice.id).first().throwIfNotFound() };
}

returning('one that stands is left as it is', async () => {
  const { invoice, refund } = await aRefundedInvoice();
  const { state } = await doing(() => activities.lookAtReturn(refund.id));
  assert.is(state, 'stands');
  assert.equal(await balancesOf(invoice.customerId), {});
});

returning('is booked back once, told, and owed to the customer again', async () => {
  const { invoice, refund } = await aRefundedInvoice();
  simulator.control.decideRefund(String(refund.providerId), 'failed');
  for (const _ of [1, 2]) {
    const found = await doing(() => activities.lookAtReturn(refund.id));
    assert.equal([found.state, found.invoiceId, found.labels.invoice], ['returned', invoice.id, invoice.number]);
  }
  assert.equal(await balancesOf(invoice.customerId), { cash: 260_40, receivables: -260_40 });
  const story = TimelineEntry.query().modify('about', 'invoice', invoice.id);
  assert.is(await story.where({ event: 'invoice.refund_returned' }).resultSize(), 1);
  await assertBooksHold(simulator);
});

returning('is sent again as a refund of its own, which may come back as well', async () => {
  const { invoice, refund } = await aRefundedInvoice();
  for (const round of [1, 2]) {
    const current = await Refund.query().modify('of', invoice.id).findOne({ round }).throwIfNotFound();
    simulator.control.decideRefund(String(current.providerId), 'failed');
    await doing(() => activities.lookAtReturn(current.id));
    for (const _ of [1, 2]) await doing(() => activities.replaceRefund(current.id));
    assert.equal(await doing(() => activities.refundPayments(invoice.id)), { pending: 0 });
  }
  await doing(() => activities.closeReturn(refund.id));
  const rounds = await Refund.query().modify('of', invoice.id).orderBy('round');
  assert.equal(
    rounds.map(({ round, status }) => [round, status]),
    [
      [1, 'returned'],
      [2, 'returned'],
      [3, 'succeeded'],
    ],
  );
  assert.equal(await balancesOf(invoice.customerId), {});
  await assertBooksHold(simulator);
});

returning('is looked at again, by a process of its own, when it comes back after it stood', async () => {
  const { invoice, refund } = await aRefundedInvoice();
  assert.equal(await RefundReturn.report(refund.id, new Date()), { refundId: refund.id });
  assert.is(await RefundReturn.report(refund.id, new Date()), undefined, 'while it is looked at');
  assert.is((await doing(() => activities.lookAtReturn(refund.id))).state, 'stands');
  await doing(() => activities.closeReturn(refund.id));
  assert.ok((await listed(invoice))?.isOver);
  simulator.control.decideRefund(String(refund.providerId), 'failed');
  const again = { refundId: refund.id, looks: 2 };
  assert.equal(await RefundReturn.report(refund.id, new Date()), again);
  assert.is(await RefundReturn.report(refund.id, new Date()), undefined);
  const row = await listed(invoice);
  assert.equal([row?.workflowId, row?.isOver], [refundReturn.workflowId(again), false]);
  assert.is((await doing(() => activities.lookAtReturn(refund.id))).state, 'returned');
  assert.equal(await balancesOf(invoice.customerId), { cash: 260_40, receivables: -260_40 });
  assert.is(await RefundReturn.report(refund.id, new Date()), undefined, 'once it is booked');
});

async function listed({ number }: Invoice) {
  const wanted = { kind: 'refundReturn', show: 'all', query: number, direction: 'desc', limit: 9, offset: 0 } as const;
  return (await findWorkflows(wanted)).rows[0];
}

returning('is looked at later while our own row does not know of it, and is promised to be once', async () => {
  const { refund } = await aRefundedInvoice();
  await refund.$query().patch({ status: 'requested', settledAt: null });
  assert.is((await doing(() => activities.lookAtReturn(refund.id))).state, 'undecided');
  await refund.$query().patch({ status: 'succeeded', settledAt: new Date() });
  const reports = await Promise.all([1, 2, 3].map(() => RefundReturn.report(refund.id, new Date())));
  assert.equal(reports.filter(Boolean).length, 1);
});

returning.run();
