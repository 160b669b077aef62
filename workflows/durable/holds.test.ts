import type { TestWorkflowEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccountLetterActivities } from '../../activities/accounts/account-letters.js';
import { createStaffTaskActivities } from '../../activities/durable/staff-tasks.js';
import { createStepActivities } from '../../activities/durable/steps.js';
import { createStopActivities } from '../../activities/durable/stops.js';
import { createPowerCommandActivities } from '../../activities/servers/power-commands.js';
import { createCancellationActivities } from '../../activities/services/cancellations.js';
import { createMachineReturnActivities } from '../../activities/services/machine-return.js';
import { absentHardware } from '../../tests/support/absent-hardware.js';
import { atLast, brake } from '../../tests/support/brake.js';
import { failureOf } from '../../tests/support/failure.js';
import { keepHistory } from '../../tests/support/histories.js';
import { Mailbox } from '../../tests/support/mailbox.js';
import { timeSkippingCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import { withdrawPowerCommand } from '../messages/power-command.js';
import { confirmCancellation } from '../messages/service-cancellation.js';
import { stopRelease } from './stop-release.js';

const holds = suite('[WFL-06] processes at an emergency stop');
const { held, guard, set, lift, liftUnheard, release } = brake();
const letters = { mailer: new Mailbox(), shopUrl: '', linkKey: '' };
const activities = sinon.stub({
  ...createAccountLetterActivities(letters),
  ...createCancellationActivities(letters),
  ...createMachineReturnActivities(),
  ...createPowerCommandActivities(absentHardware),
  ...createStaffTaskActivities(),
  ...createStepActivities(),
  ...createStopActivities({} as never),
});
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let runs = 0;

holds.before(async () => {
  cluster = await timeSkippingCluster();
  workers = await workOnAllQueues(cluster, guard(activities));
});
holds.before.each(() => {
  release();
  for (const activity of Object.values(activities)) activity.reset();
  activities.sendAccountLetter.resolves({ delivered: true });
  activities.sendConfirmationLink.resolves({ delivered: true });
  activities.sendOutcome.resolves({ delivered: true });
  activities.beginReturn.resolves({ serviceId: 's1' });
  activities.beginPowerCommand.resolves({ command: 'cycle', labels: { service: 'web-3', customer: 'C-002417' } });
  activities.lookAtPower.resolves({ power: 'on', pushed: false });
  activities.pushPower.resolves({ found: 'on', taken: true });
  activities.watchPower.resolves({ power: 'on', settled: true, wasOff: false });
  activities.endPowerCommand.callsFake(async ({ outcome }) => outcome);
});
holds.after(async () => {
  await workers.stop();
  await cluster.teardown();
});

function start(type: string, taskQueue: string, input: object) {
  return cluster.client.workflow.start(type, { taskQueue, workflowId: `${type}-at-a-stop-${++runs}`, args: [input] });
}

holds('a restart is asked of the machine once, after power commands are let go', async () => {
  set('power');
  const handle = await start('powerCommand', 'servers', { commandId: 'p1' });
  await atLast(() => held.includes('pushPower'));
  sinon.assert.notCalled(activities.pushPower);
  await lift('power', handle);
  assert.equal(await handle.result(), { outcome: 'restarted' });
  sinon.assert.calledOnce(activities.pushPower);
  await keepHistory(handle, 'power-command-held-and-lifted');
});

holds('a command that waits is withdrawn, and the machine never asked', async () => {
  set('power');
  const handle = await start('powerCommand', 'servers', { commandId: 'p1' });
  await atLast(() => held.includes('pushPower'));
  assert.is(await handle.executeUpdate(withdrawPowerCommand), 'withdrawn');
  assert.equal(await handle.result(), { outcome: 'withdrawn' });
  sinon.assert.notCalled(activities.pushPower);
  sinon.assert.calledOnceWithMatch(activities.leaveStep, { outcome: 'undone' });
  await keepHistory(handle, 'power-command-withdrawn-at-a-stop');
});

holds('a process that is cancelled at a stop ends there, and leaves nothing behind', async () => {
  set('power');
  const handle = await start('powerCommand', 'servers', { commandId: 'p1' });
  await atLast(() => held.includes('pushPower'));
  await handle.cancel();
  await failureOf(handle.result());
  sinon.assert.notCalled(activities.pushPower);
  sinon.assert.calledOnceWithMatch(activities.endPowerCommand, { outcome: 'unconfirmed' });
  assert.equal(activities.leaveHold.firstCall.args, [{ activity: 'pushPower', args: ['p1'] }]);
});

holds('a letter waits, and leaves once', async () => {
  set('mails');
  const handle = await start('accountLetter', 'services', { letterId: 'l1' });
  await atLast(() => held.length > 0);
  liftUnheard('mails');
  assert.equal(await handle.result(), { delivered: true });
  sinon.assert.calledOnce(activities.sendAccountLetter);
});

holds('automation that slept switches nothing off before a person agrees', async () => {
  set('dunning');
  activities.setEndDate.resolves({ endsAt: new Date(0).toISOString() });
  const handle = await start('serviceCancellation', 'services', { cancellationId: 'c1' });
  await handle.executeUpdate(confirmCancellation);
  await atLast(() => held.includes('suspendService'));
  sinon.assert.notCalled(activities.releaseHoldings);
  await lift('dunning', handle);
  assert.equal(await handle.result(), { status: 'ended', told: true });
  sinon.assert.calledOnce(activities.suspendService);
  await keepHistory(handle, 'service-cancellation-held-and-lifted');
});

holds('its release tells them batch by batch, with a pause between', async () => {
  activities.tellLifted.onCall(0).resolves({ left: 60 }).onCall(1).resolves({ left: 10 }).resolves({ left: 0 });
  const before = await cluster.currentTimeMs();
  const handle = await cluster.client.workflow.start(stopRelease, {
    taskQueue: 'orders',
    workflowId: `stop-release-${++runs}`,
    args: [{ stopId: 'e1' }],
  });
  await handle.result();
  assert.equal(activities.tellLifted.args, [['e1'], ['e1'], ['e1']]);
  assert.ok((await cluster.currentTimeMs()) - before >= 10_000);
  await keepHistory(handle, 'stop-release');
});

holds('its release starts a new run before its history is long', async () => {
  let rounds = 0;
  activities.tellLifted.callsFake(async () => ({ left: rounds++ < 200 ? 1 : 0 }));
  const args: [{ stopId: string }] = [{ stopId: 'e1' }];
  const options = { taskQueue: 'orders', workflowId: `stop-release-${++runs}`, args };
  const handle = await cluster.client.workflow.start(stopRelease, options);
  await handle.result();
  const { historyLength, runId } = await cluster.client.workflow.getHandle(options.workflowId).describe();
  assert.is.not(runId, handle.firstExecutionRunId);
  assert.ok(historyLength < 1_000);
  assert.is(rounds, 201);
});

holds.run();
