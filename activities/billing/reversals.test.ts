import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PaymentsUnavailable } from '../../gateways/payments/payments.js';
import { Dispute } from '../../models/billing/dispute.js';
import { Refund } from '../../models/billing/refund.js';
import { ProcessStart } from '../../models/durable/process-start.js';
import { assertBooksHold, balancesOf } from '../../tests/support/books.js';
import { doing, paidByCard } from '../../tests/support/card-payments.js';
import { openDatabase } from '../../tests/support/database.js';
import { failureOf } from '../../tests/support/failure.js';
import { type RunningSimulator, startPaymentSimulator } from '../../tests/support/payment-simulator.js';
import { dispute } from '../../workflows/messages/dispute.js';
import { refundReturn } from '../../workflows/messages/refund-return.js';
import { createDisputeActivities } from './disputes.js';
import { createRefundReturnActivities } from './refund-returns.js';
import { createRefundActivities } from './refunds.js';
import { createReversalActivities } from './reversals.js';

const following = suite('[BIL-05] [BIL-09] [WFL-06] what every webhook of was lost');
let database: { close: () => Promise<void> };
let simulator: RunningSimulator;
let activities: ReturnType<typeof activitiesOf>;

function activitiesOf(deps: RunningSimulator) {
  return {
    ...createReversalActivities(deps),
    ...createRefundActivities(deps),
    ...createRefundReturnActivities(deps),
    ...createDisputeActivities(deps),
  };
}

following.before.each(async () => {
  database = await openDatabase();
  simulator = await startPaymentSimulator();
  activities = activitiesOf(simulator);
});
following.after.each(async () => {
  await simulator.stop();
  await database.close();
});

const follow = async () => {
  for (const _ of [1, 2]) await doing(() => activities.followReversals());
};

async function aRefund(): Promise<Refund> {
  const { invoice } = await paidByCard(simulator);
  await doing(() => activities.creditInvoice({ invoiceId: invoice.id, reason: 'order_cancelled' }));
  await doing(() => activities.refundPayments(invoice.id));
  return Refund.query().modify('of', invoice.id).first().throwIfNotFound();
}

following('a refund that came back is promised to its process once, and booked back', async () => {
  const [back, stands] = [await aRefund(), await aRefund()];
  simulator.control.decideRefund(String(back.providerId), 'failed');
  await follow();
  const promised = await ProcessStart.query().select('workflowId');
  assert.equal(
    promised.map(({ workflowId }) => workflowId),
    [refundReturn.workflowId({ refundId: back.id })],
  );
  assert.is((await doing(() => activities.lookAtReturn(back.id))).state, 'returned');
  assert.is((await stands.$query()).status, 'succeeded');
  await assertBooksHold(simulator);
});

following('a dispute is kept once with its process, which books it; a stranger’s is not', async () => {
  const { invoice, chargeId } = await paidByCard(simulator);
  const { id: providerId } = simulator.control.dispute(chargeId);
  const strangers = await paidByCard(simulator);
  simulator.control.dispute(strangers.chargeId);
  await Dispute.knex()('payment_attempts')
    .where({ intentId: strangers.intentId })
    .update({ intentId: 'pi_another_shop' });
  await follow();
  const [kept, ...others] = await Dispute.query();
  assert.equal([kept?.providerId, others.length], [providerId, 0]);
  const disputeId = kept?.id ?? '';
  assert.ok(await ProcessStart.query().findById(dispute.workflowId({ disputeId })));
  assert.is((await doing(() => activities.lookAtDispute(disputeId))).status, 'open');
  assert.is((await balancesOf(invoice.customerId)).disputed, 260_40);
});

following('an inquiry that took no money is found as well', async () => {
  const { chargeId } = await paidByCard(simulator);
  simulator.control.dispute(chargeId, { inquiry: true });
  await follow();
  assert.is(await Dispute.query().resultSize(), 1);
});

following('what its own process is still at is left to it', async () => {
  const refund = await aRefund();
  await refund.$query().patch({ status: 'pending', settledAt: null });
  simulator.control.decideRefund(String(refund.providerId), 'failed');
  await follow();
  assert.is(await ProcessStart.query().resultSize(), 0);
});

following('is left to the next round while the provider is away', async () => {
  await simulator.stop();
  assert.instance(await failureOf(doing(() => activities.followReversals())), PaymentsUnavailable);
  simulator = await startPaymentSimulator();
});

following.run();
