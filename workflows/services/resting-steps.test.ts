import { ApplicationFailure, type WorkflowHandle, WorkflowUpdateFailedError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createStaffTaskActivities } from '../../activities/durable/staff-tasks.js';
import { createCancellationActivities } from '../../activities/services/cancellations.js';
import { createMachineReturnActivities } from '../../activities/services/machine-return.js';
import { failureOf } from '../../tests/support/failure.js';
import { keepHistory } from '../../tests/support/histories.js';
import { Mailbox } from '../../tests/support/mailbox.js';
import { timeSkippingCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import {
  cancellationStatus,
  confirmCancellation,
  takeUpCancellation,
  withdrawCancellation,
} from '../messages/service-cancellation.js';
import { resolveStaffTask } from '../messages/staff-tasks.js';
import { serviceCancellation } from './service-cancellation.js';

const rest = suite('[CAT-06] [STF-07] what staff give up of a service’s end');
const activities = sinon.stub({
  ...createCancellationActivities({ mailer: new Mailbox(), shopUrl: '', linkKey: '' }),
  ...createMachineReturnActivities(),
  ...createStaffTaskActivities(),
});
const takenUp = { by: { staffId: 's1', address: '192.0.2.1' }, note: 'the switch is back' };
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let handle: WorkflowHandle<typeof serviceCancellation>;
let runs = 0;

rest.before(async () => {
  cluster = await timeSkippingCluster();
  workers = await workOnAllQueues(cluster, activities);
});
rest.before.each(async () => {
  for (const activity of Object.values(activities)) activity.reset();
  activities.sendConfirmationLink.resolves({ delivered: true });
  activities.sendOutcome.resolves({ delivered: true });
  activities.beginReturn.resolves({ serviceId: 's1' });
  activities.setEndDate.resolves({ endsAt: new Date(0).toISOString() });
  activities.releaseHoldings.rejects(new Error('no rows to be had'));
  const args: [{ cancellationId: string }] = [{ cancellationId: 'c1' }];
  const options = { taskQueue: 'services', workflowId: `rest-${++runs}`, args };
  handle = await cluster.client.workflow.start(serviceCancellation, options);
  await handle.executeUpdate(confirmCancellation);
});
rest.after(async () => {
  await workers.stop();
  await cluster.teardown();
});

/** Lets the patience of the step run out; staff then give it up. */
async function giveUp(): Promise<void> {
  await cluster.sleep('3 hours');
  const { id: taskId } = activities.openStaffTask.lastCall.args[0];
  await handle.executeUpdate(resolveStaffTask, { args: [{ taskId, answer: 'cancel', staffId: 's1' }] });
}

const takeUp = () => handle.executeUpdate(takeUpCancellation, { args: [takenUp] });
const recorded = () => activities.recordStatus.args.map(([{ status }]) => status);

async function refusalOf(question: Promise<unknown>): Promise<string | null | undefined> {
  const error = await failureOf(question);
  return error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure
    ? error.cause.type
    : undefined;
}

rest('rests, and is tried again at once when they take it up', async () => {
  assert.is(await refusalOf(takeUp()), 'NotResting', 'nothing was given up yet');
  await giveUp();
  await cluster.sleep('6 days');
  assert.is(await handle.query(cancellationStatus), 'resting');
  sinon.assert.calledOnce(activities.openStaffTask);
  assert.is(await refusalOf(handle.executeUpdate(withdrawCancellation)), 'TooLateToWithdraw');
  activities.releaseHoldings.resolves();
  const both = await Promise.allSettled([takeUp(), takeUp()]);
  assert.equal(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'], 'of two who take it up, one does');
  assert.equal(await handle.result(), { status: 'ended', told: true });
  await keepHistory(handle, 'service-cancellation-taken-up');

  assert.equal(recorded(), ['scheduled', 'ending', 'resting', 'ending', 'ended']);
  assert.equal(activities.recordStatus.args[3], [{ cancellationId: 'c1', status: 'ending', takenUp }]);
  sinon.assert.calledOnce(activities.suspendService);
  sinon.assert.calledOnce(activities.creditUnusedDays);
});

rest('is tried again by itself after a week, as often as it needs', async () => {
  await giveUp();
  await cluster.sleep('7 days');
  await giveUp();
  activities.releaseHoldings.resolves();
  await cluster.sleep('7 days');
  assert.equal(await handle.result(), { status: 'ended', told: true });
  await keepHistory(handle, 'service-cancellation-rested-twice');

  sinon.assert.calledTwice(activities.openStaffTask);
  assert.equal(recorded(), ['scheduled', 'ending', 'resting', 'ending', 'resting', 'ending', 'ended']);
  sinon.assert.calledOnce(activities.creditUnusedDays);
});

rest('is taken up by nobody any more once its week is over, before that is even written down', async () => {
  let finish = () => {};
  const written = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const begun = new Promise<void>((resolve) => {
    activities.recordStatus.onCall(3).callsFake(() => {
      resolve();
      return written;
    });
  });
  await giveUp();
  const week = cluster.sleep('7 days');
  await begun;
  const late = await handle.startUpdate(takeUpCancellation, { args: [takenUp], waitForStage: 'ACCEPTED' });
  activities.releaseHoldings.resolves();
  finish();
  assert.is(await refusalOf(late.result()), 'NotResting');
  await week;
  assert.equal(await handle.result(), { status: 'ended', told: true });
  assert.equal(activities.recordStatus.args[3], [{ cancellationId: 'c1', status: 'ending' }]);
});

rest.run();
