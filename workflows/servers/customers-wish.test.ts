import { ApplicationFailure } from '@temporalio/activity';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../tests/support/failure.js';
import { keepHistory } from '../../tests/support/histories.js';
import { type ProvisioningHandle, provisioningStubs } from '../../tests/support/provisioning-stubs.js';
import { timeSkippingCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import { provisioningUnwanted } from '../messages/server-provisioning.js';
import { serverProvisioning } from './server-provisioning.js';

const unwanted = suite('[SVC-10] [CAT-03] a server that is no longer wanted');
const { activities, behave, done, told } = provisioningStubs();
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let handle: ProvisioningHandle;
let runs = 0;

unwanted.before(async () => {
  cluster = await timeSkippingCluster();
  workers = await workOnAllQueues(cluster, activities);
});
unwanted.before.each(() => behave(() => handle));
unwanted.after(async () => {
  await workers.stop();
  await cluster.teardown();
});

async function start(): Promise<void> {
  const args: [{ serviceId: string }] = [{ serviceId: 's1' }];
  const options = { taskQueue: 'servers', workflowId: `server-provisioning:${++runs}`, args };
  handle = await cluster.client.workflow.start(serverProvisioning, options);
}

async function changeMind(): Promise<void> {
  await handle.signal(provisioningUnwanted);
  await pause();
}

/** The time-skipping server stands still when a step ends just while it is asked to be cancelled; others do not. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 500));
}

async function outcome(): Promise<string> {
  return (await handle.result()).outcome;
}

unwanted('is given back when the mind changes while something is being done, after that was done', async () => {
  activities.assignAddresses.callsFake(async () => {
    await changeMind();
    activities.closePort(''); // a mark in the order of calls: the assignment ends here
  });
  await start();
  assert.is(await outcome(), 'cancelled');
  const after = ['reserveServer', 'assignAddresses', 'closePort', 'unassignPort', 'unassignAddresses', 'releaseServer'];
  assert.equal(done(), ['beginProvisioning', ...after, 'tellProgress']);
  assert.equal(told(), ['server.cancelled']);
  sinon.assert.calledWithMatch(activities.leaveStep, { outcome: 'undone' });
  await keepHistory(handle, 'server-provisioning-cancelled');
});

unwanted('does not wait for a service processor that stays silent', async () => {
  activities.checkMachine.rejects(new Error('no answer'));
  await start();
  while (!activities.checkMachine.called) await pause();
  await changeMind(); // between two tries: the clock leaps only while the outcome is waited for
  assert.is(await outcome(), 'cancelled');
  const undone = ['closePort', 'unassignPort', 'unassignAddresses', 'releaseServer', 'tellProgress'];
  assert.equal(done().slice(-undone.length), undone);
});

unwanted('closes the task that staff were asked, and needs no answer', async () => {
  activities.assignAddresses.callsFake(async () => {
    throw ApplicationFailure.nonRetryable('none is left', 'NoAddressLeft');
  });
  await start();
  await cluster.sleep('1 minute');
  const { id } = activities.openStaffTask.lastCall.args[0];
  await changeMind();
  assert.is(await outcome(), 'cancelled');
  sinon.assert.calledOnceWithExactly(activities.closeStaffTask, { id, answer: 'cancel', staffId: 'process' });
});

unwanted('is withdrawn from the machine that has not begun yet, and switched off', async () => {
  activities.powerOn.callsFake(async () => {
    await changeMind();
    return { fit: true };
  });
  await start();
  assert.is(await outcome(), 'cancelled');
  const undone = ['withdrawInstallation', 'abandonInstallation', 'powerOff', 'forgetRootPassword', 'closePort'];
  const from = done().indexOf('withdrawInstallation');
  assert.equal(done().slice(from, from + undone.length), undone);
});

unwanted('comes all the same when the installer was first', async () => {
  activities.withdrawInstallation.resolves({ begun: true });
  activities.powerOn.callsFake(async () => {
    await changeMind();
    return { fit: true };
  });
  activities.lookAtInstallation.resolves({ status: 'booted', power: 'on' });
  await start();
  assert.is(await outcome(), 'active');
  sinon.assert.notCalled(activities.abandonInstallation);
});

unwanted('comes all the same when the mind changes during the installation, also on another machine', async () => {
  activities.verifyServer.onFirstCall().callsFake(async () => {
    await changeMind();
    return 'wrong';
  });
  await start();
  assert.is(await outcome(), 'active');
  sinon.assert.notCalled(activities.withdrawInstallation);
  sinon.assert.calledOnceWithMatch(activities.handOver, { serverId: 'm2' });
});

unwanted('is given back, to the end, when its process is cancelled from outside', async () => {
  activities.verifyServer.callsFake(async () => {
    await handle.cancel();
    await pause();
    return 'silent';
  });
  await start();
  await failureOf(handle.result());
  assert.equal(done().slice(-2), ['unassignAddresses', 'releaseServer']);
});

unwanted.run();
