import { ApplicationFailure, WorkflowUpdateFailedError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRefundActivities } from '../../activities/billing/refunds.js';
import { createStaffTaskActivities } from '../../activities/durable/staff-tasks.js';
import { createStepActivities } from '../../activities/durable/steps.js';
import { createOrderActivities } from '../../activities/orders/orders.js';
import { failureOf } from '../../tests/support/failure.js';
import { keepHistory } from '../../tests/support/histories.js';
import { Mailbox } from '../../tests/support/mailbox.js';
import {
  bankSaidYes,
  bankSaysYesWhenStopped,
  chargedMeanwhile,
  endAs,
  fail,
  installerBegins,
} from '../../tests/support/order-with-stand-ins.js';
import { timeSkippingCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import { cancelOrder, order as contract, orderStatus } from '../messages/order.js';
import { resolveStaffTask } from '../messages/staff-tasks.js';
import type { order } from './order.js';

const orders = suite('[WFL-01] order');
const activities = sinon.stub({
  ...createOrderActivities({ mailer: new Mailbox(), shopUrl: '' }),
  ...createRefundActivities({ payments: {} as never }),
  ...createStepActivities(),
  ...createStaffTaskActivities(),
});
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let runs = 0;

orders.before(async () => {
  cluster = await timeSkippingCluster();
  const workflowsPath = new URL('../../tests/support/order-with-stand-ins.ts', import.meta.url).pathname;
  workers = await workOnAllQueues(
    cluster,
    activities,
    await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') }),
  );
});
orders.before.each(async () => {
  for (const activity of Object.values(activities)) activity.reset();
  runs++;
  activities.beginOrder.resolves({
    invoiceId: `i${runs}`,
    serviceId: `s${runs}`,
    expiresAt: new Date((await cluster.currentTimeMs()) + 7 * 86_400_000).toISOString(),
    labels: { order: 'NQ-1', invoice: 'NQ-2026-000001', customer: 'C-000001', service: 'web-1' },
  });
  activities.voidInvoice.resolves({ voided: true });
  activities.refundPayments.resolves({ pending: 0 });
  activities.lookUpRefunds.resolves({ pending: 0 });
});
orders.after(async () => {
  await workers.stop();
  await cluster.teardown();
});

function start() {
  const args: [{ orderId: string }] = [{ orderId: `o${runs}` }];
  return cluster.client.workflow.start<typeof order>('order', {
    taskQueue: 'orders',
    workflowId: `order:o${runs}`,
    args,
  });
}

function collecting() {
  return cluster.client.workflow.getHandle(`invoice-payment:i${runs}`);
}

function provisioning() {
  return cluster.client.workflow.getHandle(`server-provisioning:s${runs}`);
}

/** The child is started by the order's own next step. */
async function untilThere<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function recorded(): string[] {
  return activities.recordOrderStatus.args.map(([{ status }]) => status);
}

function refusal(error: unknown): string | null | undefined {
  return error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure
    ? error.cause.type
    : String(error);
}

const changeOfMind = { args: [{ userId: 'u1' }] } as { args: [{ userId: string }] };

orders('is paid, built and handed over, in this order', async () => {
  const handle = await start();
  await untilThere(() => collecting().signal(bankSaidYes));
  await untilThere(() => provisioning().signal(endAs, 'active'));
  assert.equal(await handle.result(), { status: 'active' });
  await keepHistory(handle, 'order-active');

  assert.equal(recorded(), ['preparing', 'active']);
  sinon.assert.calledOnce(activities.sendOrderConfirmation);
  sinon.assert.notCalled(activities.creditInvoice);
  sinon.assert.notCalled(activities.giveBackReservation);
});

orders('lapses when it is never paid, and gives everything back', async () => {
  const handle = await start();
  assert.equal(await handle.result(), { status: 'expired' });
  await keepHistory(handle, 'order-expired');

  assert.equal(recorded(), ['expired']);
  sinon.assert.callOrder(activities.voidInvoice, activities.giveBackReservation, activities.sendOrderOutcome);
  sinon.assert.notCalled(activities.refundPayments);
});

orders('goes on when the bank says yes in the moment it lapses', async () => {
  const handle = await start();
  await untilThere(() => collecting().signal(bankSaysYesWhenStopped));
  await cluster.sleep('8 days');
  await untilThere(() => provisioning().signal(endAs, 'active'));
  assert.equal(await handle.result(), { status: 'active' });
  sinon.assert.notCalled(activities.voidInvoice);
});

for (const [how, taken] of Object.entries({ 'was paid all the same': true, 'is taken back': false })) {
  orders(`takes up again at its end what staff gave up collecting: a charge that ${how}`, async () => {
    const invoiceId = `i${runs}${taken ? chargedMeanwhile : ''}`;
    activities.beginOrder.resolves({ ...(await activities.beginOrder('')), invoiceId });
    const handle = await start();
    const givenUp = cluster.client.workflow.getHandle(`invoice-payment:${invoiceId}`);
    await untilThere(() => givenUp.signal(fail));
    assert.is(await handle.executeUpdate(cancelOrder, changeOfMind), 'cancelled');
    sinon.assert.callCount(activities.refundPayments, taken ? 1 : 0);
    sinon.assert.callCount(activities.voidInvoice, taken ? 0 : 1);
  });
}

orders('is cancelled before it is paid without any money moving', async () => {
  const handle = await start();
  await untilThere(() => collecting().describe());
  assert.is(await handle.executeUpdate(cancelOrder, changeOfMind), 'cancelled');
  assert.equal(await handle.result(), { status: 'cancelled' });

  assert.equal(recorded(), ['cancelling', 'cancelled']);
  assert.is(activities.recordOrderStatus.firstCall.args[0].actorId, 'u1');
  sinon.assert.notCalled(activities.creditInvoice);
});

orders('pays back what the bank took in the moment it was cancelled', async () => {
  const handle = await start();
  await untilThere(() => collecting().signal(bankSaysYesWhenStopped));
  assert.is(await handle.executeUpdate(cancelOrder, changeOfMind), 'cancelled');

  sinon.assert.callOrder(activities.creditInvoice, activities.refundPayments, activities.giveBackReservation);
  sinon.assert.notCalled(activities.voidInvoice);
  assert.is(activities.creditInvoice.firstCall.args[0].reason, 'order_cancelled');
});

orders('is cancelled with the money back while the installer has not begun', async () => {
  const handle = await start();
  await untilThere(() => collecting().signal(bankSaidYes));
  await untilThere(() => provisioning().describe());
  assert.is(await handle.executeUpdate(cancelOrder, changeOfMind), 'cancelled');
  await keepHistory(handle, 'order-cancelled-when-paid');

  assert.equal(recorded(), ['preparing', 'cancelling', 'cancelled']);
  sinon.assert.callOrder(activities.creditInvoice, activities.refundPayments, activities.giveBackReservation);
});

orders('cannot be cancelled once the disks are being written', async () => {
  const handle = await start();
  await untilThere(() => collecting().signal(bankSaidYes));
  await untilThere(() => provisioning().signal(installerBegins));
  const tooLate = await failureOf(handle.executeUpdate(cancelOrder, changeOfMind));
  assert.is(refusal(tooLate), 'InstallationBegun');

  await provisioning().signal(endAs, 'active');
  assert.equal(await handle.result(), { status: 'active' });
  sinon.assert.notCalled(activities.creditInvoice);
});

orders('takes a second click for the first', async () => {
  const handle = await start();
  await untilThere(() => collecting().signal(bankSaidYes));
  await untilThere(() => provisioning().describe());
  const clicks = [1, 2].map(() => handle.executeUpdate(cancelOrder, changeOfMind));
  assert.equal(await Promise.all(clicks), ['cancelled', 'cancelled']);
  sinon.assert.calledOnce(activities.creditInvoice);
});

for (const outcome of ['out_of_stock', 'given_up'] as const) {
  orders(`gives the money back when provisioning ends as ${outcome}`, async () => {
    const handle = await start();
    await untilThere(() => collecting().signal(bankSaidYes));
    await untilThere(() => provisioning().signal(endAs, outcome));
    assert.equal(await handle.result(), { status: 'refunded' });

    assert.equal(recorded(), ['preparing', 'refunded']);
    assert.is(activities.creditInvoice.firstCall.args[0].reason, 'order_undeliverable');
    sinon.assert.callOrder(activities.refundPayments, activities.sendOrderOutcome);
  });
}

orders('gives the money back when the provisioning run failed', async () => {
  const handle = await start();
  await untilThere(() => collecting().signal(bankSaidYes));
  await untilThere(() => provisioning().signal(fail));
  assert.equal(await handle.result(), { status: 'refunded' });
  await keepHistory(handle, 'order-refunded');
  sinon.assert.calledOnce(activities.giveBackReservation);
});

orders('closes while the bank still thinks about the refund, and looks until the money went back', async () => {
  activities.refundPayments.onFirstCall().resolves({ pending: 1 }).onSecondCall().resolves({ pending: 1 });
  const handle = await start();
  await untilThere(() => collecting().signal(bankSaidYes));
  await untilThere(() => provisioning().describe());
  assert.is(await handle.executeUpdate(cancelOrder, changeOfMind), 'cancelled');
  sinon.assert.calledOnce(activities.refundPayments);

  assert.equal(await handle.result(), { status: 'cancelled' });
  await keepHistory(handle, 'order-refund-pending');
  sinon.assert.calledThrice(activities.refundPayments);
});

orders('is closed all the same when staff pay the money back by hand', async () => {
  activities.refundPayments.rejects(ApplicationFailure.nonRetryable('the bank sent it back', 'RefundFailed'));
  const handle = await start();
  await untilThere(() => collecting().signal(bankSaidYes));
  await untilThere(() => provisioning().signal(endAs, 'out_of_stock'));
  const { id: taskId } = await untilThere(async () => activities.openStaffTask.firstCall.args[0]);
  const answer = { taskId, answer: 'cancel', staffId: 'st1', note: 'sent by transfer' } as const;
  await handle.executeUpdate(resolveStaffTask, { args: [answer] });
  assert.equal(await handle.result(), { status: 'refunded' });
  sinon.assert.callOrder(activities.closeStaffTask, activities.giveBackReservation, activities.sendOrderOutcome);
});

orders('does not wait for a mail server that rests', async () => {
  let mended!: () => void;
  activities.sendOrderConfirmation.returns(new Promise((resolve) => (mended = () => resolve({ delivered: true }))));
  const handle = await start();
  await untilThere(() => collecting().signal(bankSaidYes));
  await untilThere(() => provisioning().describe());
  assert.is(await handle.query(orderStatus), 'preparing');
  mended();
  await provisioning().signal(endAs, 'active');
  assert.equal(await handle.result(), { status: 'active' });
});

orders('an earlier run that the cluster forgot is not repeated', async () => {
  activities.beginOrder.resolves({ ...(await activities.beginOrder('')), closed: 'active' });
  const handle = await start();
  assert.equal(await handle.result(), { status: 'active' });
  sinon.assert.notCalled(activities.sendOrderConfirmation);
});

orders('is known by its row', () => {
  assert.is(contract.workflowId({ orderId: 'o1' }), 'order:o1');
});

orders.run();
