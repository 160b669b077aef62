import { ApplicationFailure } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRefundReturnActivities } from '../../activities/billing/refund-returns.js';
import { createRefundActivities } from '../../activities/billing/refunds.js';
import { createStaffTaskActivities } from '../../activities/durable/staff-tasks.js';
import { keepHistory } from '../../tests/support/histories.js';
import { timeSkippingCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import { resolveStaffTask, type StaffAnswer } from '../messages/staff-tasks.js';
import type { refundReturn } from './refund-return.js';

const returning = suite('[BIL-09] refundReturn');
const activities = sinon.stub({
  ...createRefundReturnActivities({ payments: {} as never }),
  ...createRefundActivities({ payments: {} as never }),
  ...createStaffTaskActivities(),
});
const found = { invoiceId: 'i1', labels: { customer: 'C-1', invoice: 'NQ-2026-000001' } };
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let runs = 0;

returning.before(async () => {
  cluster = await timeSkippingCluster();
  workers = await workOnAllQueues(cluster, activities);
});
returning.before.each(() => {
  for (const activity of Object.values(activities)) activity.reset();
  activities.lookAtReturn.resolves({ ...found, state: 'returned' });
  activities.refundPayments.resolves({ pending: 0 });
  activities.lookUpRefunds.resolves({ pending: 0 });
});
returning.after(async () => {
  await workers.stop();
  await cluster.teardown();
});

function start() {
  const args: [{ refundId: string }] = [{ refundId: 'r1' }];
  const workflowId = `refund-return:${++runs}`;
  return cluster.client.workflow.start<typeof refundReturn>('refundReturn', { taskQueue: 'billing', workflowId, args });
}

async function answered(handle: Awaited<ReturnType<typeof start>>, answer: StaffAnswer, task = 0): Promise<void> {
  for (let tries = 0; activities.openStaffTask.callCount <= task && tries < 200; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { id: taskId } = activities.openStaffTask.getCall(task).args[0];
  await handle.executeUpdate(resolveStaffTask, { args: [{ taskId, answer, staffId: 's1' }] });
}

returning('lays it before staff before any money moves, and sends it once more when they say so', async () => {
  const handle = await start();
  await answered(handle, 'retry');
  assert.equal(await handle.result(), { outcome: 'paid_back' });
  await keepHistory(handle, 'refund-return-sent-again');
  const { lookAtReturn, openStaffTask, replaceRefund, refundPayments, closeReturn } = activities;
  sinon.assert.callOrder(lookAtReturn, openStaffTask, replaceRefund, refundPayments, closeReturn);
  const { step, skippable } = openStaffTask.firstCall.args[0];
  assert.equal([step, skippable], ['returnedRefund', false]);
});

returning('ends when staff pay it back by hand', async () => {
  const handle = await start();
  await answered(handle, 'cancel');
  assert.equal(await handle.result(), { outcome: 'given_up' });
  await keepHistory(handle, 'refund-return-given-up');
  sinon.assert.notCalled(activities.refundPayments);
  sinon.assert.calledOnce(activities.closeReturn);
});

returning('asks staff again when the card is still closed, and looks until a slow bank has it', async () => {
  activities.refundPayments.onFirstCall().rejects(ApplicationFailure.nonRetryable('sent back', 'RefundFailed'));
  activities.refundPayments.onSecondCall().resolves({ pending: 1 });
  const handle = await start();
  await answered(handle, 'retry');
  await answered(handle, 'retry', 1);
  assert.equal(await handle.result(), { outcome: 'paid_back' });
  sinon.assert.calledThrice(activities.refundPayments);
});

returning('waits until our row knows of the refund; one that stands moves nobody', async () => {
  activities.lookAtReturn.onFirstCall().resolves({ ...found, state: 'undecided' });
  activities.lookAtReturn.onSecondCall().resolves({ ...found, state: 'stands' });
  const handle = await start();
  assert.equal(await handle.result(), { outcome: 'stands' });
  await keepHistory(handle, 'refund-return-stands');
  sinon.assert.calledTwice(activities.lookAtReturn);
  sinon.assert.notCalled(activities.openStaffTask);
});

const failed = ApplicationFailure.nonRetryable('the bank sent it back', 'RefundFailed');

returning('looks up what the bank has not decided of what staff gave up in part', async () => {
  activities.refundPayments.rejects(failed);
  activities.lookUpRefunds.onFirstCall().resolves({ pending: 1 });
  const handle = await start();
  await answered(handle, 'retry');
  await answered(handle, 'cancel', 1);
  assert.equal(await handle.result(), { outcome: 'given_up' });
  await keepHistory(handle, 'refund-return-given-up-in-part');
  sinon.assert.calledTwice(activities.lookUpRefunds);
  sinon.assert.calledOnce(activities.refundPayments);
});

returning('asks for all of it anew when what was left came back too, and staff say so', async () => {
  activities.refundPayments.onFirstCall().rejects(failed);
  activities.lookUpRefunds.rejects(failed);
  const handle = await start();
  for (const [question, answer] of (['retry', 'cancel', 'retry'] as const).entries())
    await answered(handle, answer, question);
  await handle.result();
  sinon.assert.calledTwice(activities.refundPayments);
  sinon.assert.calledOnce(activities.lookUpRefunds);
});

returning.run();
