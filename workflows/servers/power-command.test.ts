import type { WorkflowHandleWithFirstExecutionRunId, WorkflowUpdateHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createStaffTaskActivities } from '../../activities/durable/staff-tasks.js';
import { createStepActivities } from '../../activities/durable/steps.js';
import { createPowerCommandActivities } from '../../activities/servers/power-commands.js';
import type { PowerCommandKind } from '../../rules/servers/power-commands.js';
import { absentHardware } from '../../tests/support/absent-hardware.js';
import { refusalOf } from '../../tests/support/collecting.js';
import { failureOf } from '../../tests/support/failure.js';
import { keepHistory } from '../../tests/support/histories.js';
import { timeSkippingCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import { NothingToWithdraw } from '../messages/failures.js';
import { powerCommandStatus, withdrawPowerCommand } from '../messages/power-command.js';
import { resolveStaffTask, type StaffAnswer } from '../messages/staff-tasks.js';
import { powerCommand } from './power-command.js';

type Handle = WorkflowHandleWithFirstExecutionRunId<typeof powerCommand>;

const power = suite('[SVC-04] powerCommand');
const activities = sinon.stub({
  ...createPowerCommandActivities(absentHardware),
  ...createStaffTaskActivities(),
  ...createStepActivities(),
});
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let runs = 0;

power.before(async () => {
  cluster = await timeSkippingCluster();
  workers = await workOnAllQueues(cluster, activities);
});
power.before.each(() => {
  for (const activity of Object.values(activities)) activity.reset();
  activities.endPowerCommand.callsFake(async ({ outcome }) => outcome);
  activities.lookAtPower.resolves({ power: 'on', pushed: false });
  activities.pushPower.resolves({ found: 'on', taken: true });
  activities.watchPower.resolves({ power: 'on', settled: true, wasOff: false });
});
power.after(async () => {
  await workers.stop();
  await cluster.teardown();
});

async function start(command: PowerCommandKind): Promise<Handle> {
  activities.beginPowerCommand.resolves({ command, labels: { service: 'web-3', customer: 'C-002417' } });
  const args: [{ commandId: string }] = [{ commandId: 'p1' }];
  return cluster.client.workflow.start(powerCommand, {
    taskQueue: 'servers',
    workflowId: `power-command:${++runs}`,
    args,
  });
}

async function outcomeOf(command: PowerCommandKind, history?: string): Promise<string> {
  const handle = await start(command);
  const { outcome } = await handle.result();
  if (history) await keepHistory(handle, history);
  return outcome;
}

/** Lets all patience run out; the task that staff then find. */
async function staffTask(): Promise<string> {
  await cluster.sleep('30 minutes');
  return activities.openStaffTask.lastCall.args[0].id;
}

function answer(handle: Handle, taskId: string, answer: StaffAnswer): Promise<void> {
  return handle.executeUpdate(resolveStaffTask, { args: [{ taskId, answer, staffId: 's1' }] });
}

const steps = () => activities.enterStep.args.map(([{ step }]) => step);

power('looks, asks, watches, and says what came of it', async () => {
  activities.watchPower.resolves({ power: 'off', settled: true, wasOff: true });
  assert.is(await outcomeOf('off', 'power-command-done'), 'switched_off');
  const { lookAtPower, pushPower, watchPower, leaveStep, endPowerCommand } = activities;
  sinon.assert.callOrder(lookAtPower, pushPower, watchPower, leaveStep, endPowerCommand);
  assert.equal(steps(), ['power_check', 'power_off']);
  sinon.assert.calledWithMatch(endPowerCommand, { powerBefore: 'on', powerAfter: 'off' });
});

power('that has nothing to do says so, and touches nothing', async () => {
  assert.is(await outcomeOf('on'), 'already_on');
  activities.lookAtPower.resolves({ power: 'off', pushed: false });
  assert.is(await outcomeOf('cycle'), 'is_off');
  sinon.assert.notCalled(activities.pushPower);
});

power('goes on by itself when the service processor was silent for a while', async () => {
  activities.lookAtPower.onCall(0).rejects(new Error('no answer'));
  activities.lookAtPower.onCall(1).rejects(new Error('no answer'));
  assert.is(await outcomeOf('reset'), 'restarted');
  sinon.assert.notCalled(activities.openStaffTask);
});

power(
  'is not withdrawn while it waits at no stop: neither under way nor with staff, and goes on as it was',
  async () => {
    const asked: Pick<WorkflowUpdateHandle<unknown>, 'result'>[] = []; // read at the end: one that was taken on is answered there
    const handle = await start('off');
    const withdraw = async () =>
      asked.push(await handle.startUpdate(withdrawPowerCommand, { waitForStage: 'ACCEPTED' }));
    activities.watchPower.resolves({ power: 'off', settled: true, wasOff: true });
    activities.pushPower.onCall(0).callsFake(async () => {
      await withdraw();
      throw new Error('no answer');
    });
    for (let call = 1; call < 40; call++) activities.pushPower.onCall(call).rejects(new Error('no answer'));
    const taskId = await staffTask();
    await withdraw();
    activities.pushPower.reset();
    activities.pushPower.resolves({ found: 'on', taken: true });
    await answer(handle, taskId, 'retry');
    assert.equal(await handle.result(), { outcome: 'switched_off' });
    const refusals = await Promise.all(asked.map((update) => refusalOf(update.result())));
    assert.equal(refusals, [NothingToWithdraw, NothingToWithdraw]);
  },
);

power('asks for no second restart when the answer to the first was lost, and claims none', async () => {
  activities.pushPower.resolves({ found: 'on', taken: false });
  assert.is(await outcomeOf('cycle', 'power-command-unconfirmed'), 'unconfirmed');
  sinon.assert.calledOnce(activities.pushPower);
  sinon.assert.calledWithMatch(activities.leaveStep, { outcome: 'failed' });
});

power('believes in a restart whose answer was lost when the machine was seen off', async () => {
  activities.pushPower.resolves({ found: 'on', taken: false });
  activities.watchPower.resolves({ power: 'on', settled: true, wasOff: true });
  assert.is(await outcomeOf('cycle'), 'restarted');
});

power('switches on, and only that, a machine whose restart left it off', async () => {
  activities.watchPower.onFirstCall().resolves({ power: 'off', settled: false, wasOff: true });
  activities.pushPower.onSecondCall().resolves({ found: 'off', taken: true });
  assert.is(await outcomeOf('cycle'), 'restarted');
  sinon.assert.calledTwice(activities.pushPower); // the activity itself asks for "on": it finds the machine off
});

power('watches again, and asks no more, when the worker died while it watched', async () => {
  activities.watchPower.onFirstCall().rejects(new Error('the worker died'));
  assert.is(await outcomeOf('reset'), 'restarted');
  sinon.assert.calledOnce(activities.pushPower);
});

power('lays a machine that does not follow before staff, and goes on at their word', async () => {
  activities.watchPower.resolves({ power: 'on', settled: false, wasOff: false });
  const handle = await start('off');
  const task = await staffTask();
  const { step, skippable, reason } = activities.openStaffTask.firstCall.args[0];
  assert.equal([step, skippable], ['switchMachine', false]);
  assert.match(reason, 'not_reached');
  sinon.assert.calledTwice(activities.pushPower);
  sinon.assert.calledWithMatch(activities.tellProblem, { problem: 'notReached' });
  assert.is(await handle.query(powerCommandStatus), 'running');

  activities.watchPower.resolves({ power: 'off', settled: true, wasOff: true });
  await answer(handle, task, 'retry');
  assert.equal(await handle.result(), { outcome: 'switched_off' });
  await keepHistory(handle, 'power-command-retried-by-staff');
});

power('does not touch a machine whose service processor answers for another', async () => {
  activities.lookAtPower.resolves({ unfit: 'wrong_machine', detail: 'OTHER, not NQ-SN-01' });
  const handle = await start('cycle');
  await answer(handle, await staffTask(), 'cancel');
  assert.equal(await handle.result(), { outcome: 'wrong_machine' });
  sinon.assert.notCalled(activities.pushPower);
  sinon.assert.calledWithMatch(activities.endPowerCommand, { outcome: 'wrong_machine', powerAfter: null });
});

power('asks staff about a service processor that stays silent, and ends as they say', async () => {
  activities.lookAtPower.rejects(new Error('no answer'));
  const handle = await start('off');
  await answer(handle, await staffTask(), 'cancel');
  assert.equal(await handle.result(), { outcome: 'no_answer' });
  await keepHistory(handle, 'power-command-given-up');
});

power('is not done when it may not be any more', async () => {
  activities.pushPower.resolves({ over: 'suspended' });
  assert.is(await outcomeOf('on'), 'already_on');
  assert.is(await outcomeOf('cycle'), 'suspended');
  sinon.assert.notCalled(activities.watchPower);

  activities.beginPowerCommand.resolves({ over: 'not_active' });
  const args: [{ commandId: string }] = [{ commandId: 'p1' }];
  const options = { taskQueue: 'servers', workflowId: `power-command:${++runs}`, args };
  const handle = await cluster.client.workflow.start(powerCommand, options);
  assert.equal(await handle.result(), { outcome: 'not_active' });
  await keepHistory(handle, 'power-command-refused');
});

power('that only looks asks nothing of the machine, and calls nobody', async () => {
  assert.is(await outcomeOf('state', 'power-command-seen'), 'seen');
  sinon.assert.calledWithMatch(activities.endPowerCommand, { outcome: 'seen', powerBefore: null, powerAfter: 'on' });
  activities.lookAtPower.rejects(new Error('no answer'));
  const looking = await start('state');
  assert.equal(await looking.result(), { outcome: 'no_answer' });
  const { startTime, closeTime } = await looking.describe();
  assert.ok((closeTime?.getTime() ?? Number.NaN) - startTime.getTime() < 90_000);
  activities.lookAtPower.resolves({ unfit: 'wrong_machine', detail: '' });
  assert.is(await outcomeOf('state'), 'wrong_machine');
  sinon.assert.notCalled(activities.pushPower);
  sinon.assert.notCalled(activities.openStaffTask);
});

power('that is cancelled from outside leaves the machine free for the next', async () => {
  activities.lookAtPower.rejects(new Error('no answer'));
  const handle = await start('off');
  await staffTask();
  await handle.cancel();
  await failureOf(handle.result());
  sinon.assert.calledOnceWithMatch(activities.endPowerCommand, { outcome: 'unconfirmed' });
});

power.run();
