import { ApplicationFailure } from '@temporalio/activity';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { MachineFailure } from '../../rules/servers/machine-failures.js';
import { keepHistory } from '../../tests/support/histories.js';
import { type ProvisioningHandle, provisioningStubs } from '../../tests/support/provisioning-stubs.js';
import { timeSkippingCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import type { ServerProvisioningResult } from '../messages/server-provisioning.js';
import { resolveStaffTask, type StaffAnswer } from '../messages/staff-tasks.js';
import { serverProvisioning } from './server-provisioning.js';

const provisioning = suite('[SVC-10] [WFL-03] serverProvisioning');
const { activities, behave, done, told } = provisioningStubs();
const begin = ['beginProvisioning'];
const connect = ['reserveServer', 'assignAddresses', 'assignPort', 'openPort'];
const boot = ['checkMachine', 'prepareInstallation', 'powerOff', 'setNetworkBoot', 'powerOn', 'tellProgress'];
const install = ['tellProgress', 'setDiskBoot', 'tellProgress'];
const verify = ['verifyServer', 'tellProgress'];
const handOver = ['handOver', 'sendWelcome'];
const machineUndone = ['abandonInstallation', 'powerOff', 'closePort', 'unassignPort'];
const allUndone = [
  'abandonInstallation',
  'powerOff',
  'forgetRootPassword',
  'closePort',
  'unassignPort',
  'unassignAddresses',
  'releaseServer',
];
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let handle: ProvisioningHandle;
let runs = 0;

provisioning.before(async () => {
  cluster = await timeSkippingCluster();
  workers = await workOnAllQueues(cluster, activities);
});
provisioning.before.each(() => behave(() => handle));
provisioning.after(async () => {
  await workers.stop();
  await cluster.teardown();
});

async function start(): Promise<void> {
  const args: [{ serviceId: string }] = [{ serviceId: 's1' }];
  const options = { taskQueue: 'servers', workflowId: `server-provisioning:${++runs}`, args };
  handle = await cluster.client.workflow.start(serverProvisioning, options);
}

async function outcome(): Promise<ServerProvisioningResult['outcome']> {
  return (await handle.result()).outcome;
}

/** What staff finds once the patience of the hardware is over. */
async function staffTask() {
  await cluster.sleep('20 minutes');
  return activities.openStaffTask.lastCall.args[0];
}

async function answer(answer: StaffAnswer): Promise<void> {
  const { id } = await staffTask();
  await handle.executeUpdate(resolveStaffTask, { args: [{ taskId: id, answer, staffId: 'staff-1' }] });
}

provisioning('reserves, connects, boots, installs, verifies, hands over and welcomes, in this order', async () => {
  await start();
  assert.is(await outcome(), 'active');
  assert.equal(done(), [...begin, ...connect, ...boot, ...install, ...verify, ...handOver]);
  const steps = activities.enterStep.args.map(([{ step }]) => step);
  assert.equal(steps, ['reserve', 'network', 'boot', 'install', 'verify', 'welcome']);
  assert.equal(
    told(),
    ['started', 'installing', 'installed', 'verified'].map((event) => `server.${event}`),
  );
  const [{ serviceId, serverId, installationId }] = activities.handOver.firstCall.args;
  assert.equal({ serviceId, serverId }, { serviceId: 's1', serverId: 'm1' });
  await keepHistory(handle, 'server-provisioning-active');
  assert.is(installationId, activities.prepareInstallation.firstCall.args[0].installationId);
});

provisioning('is over at once when its row was finished by an earlier run', async () => {
  activities.beginProvisioning.resolves({
    labels: { service: 'web-3', customer: 'C-1', order: 'NQ-1' },
    finished: 'active',
  });
  await start();
  assert.is(await outcome(), 'active');
  assert.equal(done(), begin);
});

provisioning('goes on by the rows when every signal is lost', async () => {
  behave(() => handle, ['installerStarted', 'osInstalled', 'serverBooted']);
  for (const [look, status] of (['waiting', 'started', 'started', 'installed', 'booted'] as const).entries()) {
    activities.lookAtInstallation.onCall(look).resolves({ status, power: 'on' });
  }
  await start();
  assert.is(await outcome(), 'active');
  assert.is(activities.lookAtInstallation.callCount, 5);
});

provisioning('takes a call-back that comes twice, or too soon, for what it says', async () => {
  activities.powerOn.callsFake(async () => {
    const [{ installationId }] = activities.prepareInstallation.lastCall.args;
    for (const fact of ['installerStarted', 'installerStarted', 'serverBooted', 'osInstalled', 'installerStarted']) {
      await handle.signal(fact, { installationId });
    }
    return { fit: true };
  });
  await start();
  assert.is(await outcome(), 'active');
  sinon.assert.calledOnce(activities.handOver);
});

provisioning('does not listen to the installer of another installation', async () => {
  activities.powerOn.callsFake(async () => {
    await handle.signal('installerStarted', { installationId: 'another' });
    return { fit: true };
  });
  await start();
  await cluster.sleep('4 minutes');
  sinon.assert.neverCalledWithMatch(activities.enterStep, { step: 'install' });
  await handle.terminate();
});

provisioning('starts a machine a second time before it is given up', async () => {
  activities.powerOn.onFirstCall().resolves({ fit: true });
  await start();
  assert.is(await outcome(), 'active');
  sinon.assert.calledTwice(activities.powerOn);
  sinon.assert.calledOnceWithMatch(activities.tellProblem, { problem: 'didNotStart' });
  sinon.assert.notCalled(activities.setServerAside);
});

const failing: Partial<Record<MachineFailure, () => void>> = {
  wrong_serial: () =>
    activities.checkMachine.onFirstCall().resolves({ fit: false, failure: 'wrong_serial', detail: 'S-1' }),
  bmc_refused: () =>
    activities.setNetworkBoot.onFirstCall().resolves({ fit: false, failure: 'bmc_refused', detail: 'no' }),
  did_not_start: () =>
    activities.powerOn.onFirstCall().resolves({ fit: false, failure: 'did_not_start', detail: 'off' }),
  no_installer: () => {
    for (const call of [0, 1]) activities.powerOn.onCall(call).resolves({ fit: true });
  },
  went_off: () => {
    activities.tellProgress.withArgs(sinon.match({ serverId: 'm1', event: 'server.installing' })).resolves();
    activities.lookAtInstallation.resolves({ status: 'started', power: 'off' });
  },
  install_stalled: () => {
    activities.tellProgress.withArgs(sinon.match({ serverId: 'm1', event: 'server.installing' })).resolves();
    activities.lookAtInstallation.resolves({ status: 'started', power: 'on' });
  },
  no_answer: () => activities.verifyServer.withArgs(sinon.match({ serverId: 'm1' })).resolves('silent'),
  wrong_answer: () => activities.verifyServer.onFirstCall().resolves('wrong'),
};

for (const [failure, fail] of Object.entries(failing) as [MachineFailure, () => void][]) {
  provisioning(`takes another machine after ${failure}, and the addresses stay`, async () => {
    fail();
    await start();
    assert.is(await outcome(), 'active');
    sinon.assert.calledOnceWithMatch(activities.setServerAside, { serverId: 'm1', failure });
    sinon.assert.callOrder(activities.setServerAside, activities.releaseServer);
    sinon.assert.calledTwice(activities.reserveServer);
    sinon.assert.notCalled(activities.unassignAddresses);
    sinon.assert.calledOnceWithMatch(activities.handOver, { serverId: 'm2' });
  });
}

provisioning('undoes a failed machine in reverse, after it left the pool', async () => {
  failing.wrong_answer?.();
  await start();
  await outcome();
  const from = done().indexOf('setServerAside');
  assert.equal(done().slice(from, from + 6), ['setServerAside', ...machineUndone, 'releaseServer']);
});

provisioning('lets staff look when machine after machine fails, and goes on at their word', async () => {
  activities.checkMachine.resolves({ fit: false, failure: 'bmc_refused', detail: 'no' });
  await start();
  assert.match((await staffTask()).reason, '3 machines failed');
  assert.is((await staffTask()).step, 'tryAnotherMachine');
  activities.checkMachine.resolves({ fit: true });
  await answer('retry');
  assert.is(await outcome(), 'active');
  sinon.assert.calledThrice(activities.setServerAside);
});

provisioning('is out of stock at once when it was paid too late for the last machine', async () => {
  activities.reserveServer.callsFake(noneLeft);
  await start();
  assert.is(await outcome(), 'out_of_stock');
  assert.equal(done().slice(-2), ['releaseServer', 'tellProgress']);
  assert.equal(told(), ['server.out_of_stock']);
  sinon.assert.notCalled(activities.openStaffTask);
  await keepHistory(handle, 'server-provisioning-out-of-stock');
});

provisioning('asks staff for a machine when none is left for one that failed, and takes what they found', async () => {
  failing.wrong_serial?.();
  activities.reserveServer.onSecondCall().callsFake(noneLeft);
  await start();
  assert.is((await staffTask()).step, 'reserveServer');
  await answer('retry');
  assert.is(await outcome(), 'active');
  await keepHistory(handle, 'server-provisioning-replaced-by-staff');
});

provisioning('is out of stock when staff find none', async () => {
  failing.wrong_serial?.();
  activities.reserveServer.onSecondCall().callsFake(noneLeft);
  await start();
  await answer('cancel');
  assert.is(await outcome(), 'out_of_stock');
  assert.equal(told(), ['server.out_of_stock']);
});

provisioning(
  'calls staff when the service processor stays silent; to leave it out is to take another machine',
  async () => {
    activities.checkMachine.withArgs(sinon.match({ serverId: 'm1' })).rejects(new Error('no answer'));
    await start();
    const { step, skippable } = await staffTask();
    assert.equal([step, skippable], ['controlMachine', true]);
    await answer('skip');
    assert.is(await outcome(), 'active');
    sinon.assert.calledOnceWithMatch(activities.setServerAside, { serverId: 'm1', failure: 'left_aside' });
  },
);

const steps = [
  'assignAddresses',
  'assignPort',
  'openPort',
  'checkMachine',
  'setNetworkBoot',
  'powerOn',
  'setDiskBoot',
] as const;
for (const step of steps) {
  provisioning(`gives everything back, in reverse, when staff give up at ${step}`, async () => {
    activities[step].rejects(ApplicationFailure.nonRetryable('no'));
    await start();
    await answer('cancel');
    assert.is(await outcome(), 'given_up');
    const undone = done()
      .filter((name) => allUndone.includes(name))
      .slice(-allUndone.length);
    const due = allUndone.filter((name) => undone.includes(name));
    assert.equal(undone.slice(-due.length), due);
    assert.ok(due.includes('releaseServer') && due.includes('unassignAddresses'));
    sinon.assert.notCalled(activities.handOver);
  });
}

provisioning('makes a staff task of an undoing that fails, and undoes the rest whatever they answer', async () => {
  failing.wrong_answer?.();
  activities.closePort.rejects(Object.assign(new Error('no'), { name: 'SwitchRefused' }));
  await start();
  assert.is((await staffTask()).step, 'closePort');
  await answer('cancel');
  assert.is(await outcome(), 'active');
  sinon.assert.callOrder(activities.closePort, activities.unassignPort, activities.releaseServer);
});

async function noneLeft(): Promise<never> {
  throw ApplicationFailure.nonRetryable('no Quay M4 is left', 'NoServerLeft');
}

provisioning.run();
