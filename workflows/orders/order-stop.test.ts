import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRefundActivities } from '../../activities/billing/refunds.js';
import { createStaffTaskActivities } from '../../activities/durable/staff-tasks.js';
import { createStepActivities } from '../../activities/durable/steps.js';
import { createStopActivities } from '../../activities/durable/stops.js';
import { createOrderActivities } from '../../activities/orders/orders.js';
import { atLast, brake } from '../../tests/support/brake.js';
import { keepHistory } from '../../tests/support/histories.js';
import { Mailbox } from '../../tests/support/mailbox.js';
import { bankSaidYes, endAs } from '../../tests/support/order-with-stand-ins.js';
import { timeSkippingCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import { orderStatus } from '../messages/order.js';
import type { order } from './order.js';

const orders = suite('[WFL-01] order at an emergency stop');
const { held, guard, set, lift, release } = brake();
const activities = sinon.stub({
  ...createOrderActivities({ mailer: new Mailbox(), shopUrl: '' }),
  ...createRefundActivities({ payments: {} as never }),
  ...createStepActivities(),
  ...createStaffTaskActivities(),
  ...createStopActivities({} as never),
});
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let runs = 0;

orders.before(async () => {
  cluster = await timeSkippingCluster();
  const here = (path: string) => new URL(path, import.meta.url).pathname;
  const workflowsPath = here('../../tests/support/order-with-stand-ins.ts');
  const workflowInterceptorModules = [here('../durable/holds.ts')];
  const logger = new DefaultLogger('ERROR');
  const bundle = await bundleWorkflowCode({ workflowsPath, workflowInterceptorModules, logger });
  workers = await workOnAllQueues(cluster, guard(activities), bundle);
});
orders.before.each(async () => {
  release();
  for (const activity of Object.values(activities)) activity.reset();
  runs++;
  activities.beginOrder.resolves({
    invoiceId: `i${runs}`,
    serviceId: `s${runs}`,
    expiresAt: new Date((await cluster.currentTimeMs()) + 7 * 86_400_000).toISOString(),
    labels: { order: 'NQ-1', invoice: 'NQ-2026-000001', customer: 'C-000001', service: 'web-1' },
  });
  activities.refundPayments.resolves({ pending: 0 });
});
orders.after(async () => {
  await workers.stop();
  await cluster.teardown();
});

function start() {
  const args: [{ orderId: string }] = [{ orderId: `o${runs}` }];
  const options = { taskQueue: 'orders', workflowId: `order:o${runs}`, args };
  return cluster.client.workflow.start<typeof order>('order', options);
}

const collecting = () => cluster.client.workflow.getHandle(`invoice-payment:i${runs}`);
const provisioning = () => cluster.client.workflow.getHandle(`server-provisioning:s${runs}`);

/** Once the child is there. */
function untilTold(tell: () => Promise<void>): Promise<void> {
  const told = () =>
    tell().then(
      () => true,
      () => false,
    );
  return atLast(told);
}

orders('owes the money back while charges are stopped, and sends it once', async () => {
  const handle = await start();
  await untilTold(() => collecting().signal(bankSaidYes));
  set('charges');
  await untilTold(() => provisioning().signal(endAs, 'out_of_stock'));
  await atLast(() => held.includes('refundPayments'));
  sinon.assert.calledOnce(activities.creditInvoice);
  sinon.assert.notCalled(activities.refundPayments);
  assert.is(await handle.query(orderStatus), 'preparing');
  await lift('charges', handle);
  assert.equal(await handle.result(), { status: 'refunded' });
  sinon.assert.calledOnce(activities.refundPayments);
  await keepHistory(handle, 'order-refund-held-and-lifted');
});

orders('goes on to the end while letters are stopped, and sends each of them once', async () => {
  set('mails');
  const handle = await start();
  await untilTold(() => collecting().signal(bankSaidYes));
  await untilTold(() => provisioning().signal(endAs, 'active'));
  await atLast(() => activities.recordOrderStatus.args.some(([{ status }]) => status === 'active'));
  sinon.assert.notCalled(activities.sendOrderConfirmation);
  await lift('mails', handle);
  assert.equal(await handle.result(), { status: 'active' });
  sinon.assert.calledOnce(activities.sendOrderConfirmation);
  await keepHistory(handle, 'order-letter-held-and-lifted');
});

orders.run();
