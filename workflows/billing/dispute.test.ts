import type { TestWorkflowEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createDisputeActivities } from '../../activities/billing/disputes.js';
import { createStaffTaskActivities } from '../../activities/durable/staff-tasks.js';
import type { DisputeStatus } from '../../rules/billing/dispute-status.js';
import { keepHistory } from '../../tests/support/histories.js';
import { timeSkippingCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import { disputeMoved } from '../messages/dispute.js';
import { resolveStaffTask, type StaffAnswer } from '../messages/staff-tasks.js';
import type { dispute } from './dispute.js';

const disputing = suite('[BIL-05] dispute');
const activities = sinon.stub({
  ...createDisputeActivities({ payments: {} as never }),
  ...createStaffTaskActivities(),
});
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let runs = 0;

disputing.before(async () => {
  cluster = await timeSkippingCluster();
  workers = await workOnAllQueues(cluster, activities);
});
disputing.before.each(() => {
  for (const activity of Object.values(activities)) activity.reset();
});
disputing.after(async () => {
  await workers.stop();
  await cluster.teardown();
});

/** As the provider has it from now on. */
function stands(status: DisputeStatus): void {
  const labels = { customer: 'C-1', invoice: 'NQ-2026-000001' };
  const look = { status, reason: 'fraudulent', answerBy: '2027-01-10T00:00:00.000Z', labels };
  activities.lookAtDispute.resolves(look);
}

function start() {
  const args: [{ disputeId: string }] = [{ disputeId: 'd1' }];
  const workflowId = `dispute:${++runs}`;
  return cluster.client.workflow.start<typeof dispute>('dispute', { taskQueue: 'billing', workflowId, args });
}

async function untilAsked(times = 1): Promise<string> {
  for (let tries = 0; activities.openStaffTask.callCount < times && tries < 200; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return activities.openStaffTask.getCall(times - 1).args[0].id;
}

async function answered(handle: Awaited<ReturnType<typeof start>>, answer: StaffAnswer, times = 1): Promise<void> {
  const taskId = await untilAsked(times);
  await handle.executeUpdate(resolveStaffTask, { args: [{ taskId, answer, staffId: 's1' }] });
}

disputing('[BIL-05] staff are told; what they answered at the provider ends their task by itself; won', async () => {
  stands('open');
  const handle = await start();
  const id = await untilAsked();
  const { step, reason, skippable } = activities.openStaffTask.firstCall.args[0];
  assert.equal([step, skippable], ['answerDispute', true]);
  assert.match(reason, /fraudulent.*2027-01-10/);
  stands('under_review');
  await handle.signal(disputeMoved);
  for (let tries = 0; !activities.closeStaffTask.called && tries < 200; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  sinon.assert.calledOnceWithExactly(activities.closeStaffTask, { id, answer: 'cancel', staffId: 'process' });
  stands('won');
  await handle.signal(disputeMoved);
  assert.equal(await handle.result(), { status: 'won' });
  await keepHistory(handle, 'dispute-won');
  sinon.assert.calledOnce(activities.openStaffTask);
});

disputing('[BIL-05] a word of the provider that changes nothing leaves the task as it is', async () => {
  stands('open');
  const handle = await start();
  await untilAsked();
  const before = activities.lookAtDispute.callCount;
  await handle.signal(disputeMoved);
  for (let tries = 0; activities.lookAtDispute.callCount === before && tries < 200; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  sinon.assert.notCalled(activities.closeStaffTask);
  stands('under_review');
  await answered(handle, 'retry');
  stands('lost');
  await handle.signal(disputeMoved);
  assert.equal(await handle.result(), { status: 'lost' });
  await keepHistory(handle, 'dispute-lost');
  sinon.assert.calledOnce(activities.openStaffTask);
});

disputing('[BIL-05] “done” without an answer at the provider asks again', async () => {
  stands('open');
  const handle = await start();
  await answered(handle, 'retry');
  await untilAsked(2);
  stands('under_review');
  await answered(handle, 'retry', 2);
  stands('won');
  assert.equal(await handle.result(), { status: 'won' });
});

for (const answer of ['skip', 'cancel'] as const) {
  disputing(`[BIL-05] ${answer}: nobody is asked again, and it is looked up until the bank has decided`, async () => {
    stands('open');
    const handle = await start();
    await answered(handle, answer);
    stands('lost');
    assert.equal(await handle.result(), { status: 'lost' });
    if (answer === 'skip') await keepHistory(handle, 'dispute-left-to-the-bank');
    sinon.assert.calledOnce(activities.openStaffTask);
  });
}

disputing('[BIL-05] an inquiry that is closed, and one that was over before anybody looked, need nobody', async () => {
  stands('closed');
  assert.equal(await (await start()).result(), { status: 'closed' });
  sinon.assert.notCalled(activities.openStaffTask);
});

disputing.run();
