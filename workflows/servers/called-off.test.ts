import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ProvisioningHandle, provisioningStubs } from '../../tests/support/provisioning-stubs.js';
import { developmentCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import { provisioningUnwanted } from '../messages/server-provisioning.js';
import { serverProvisioning } from './server-provisioning.js';

/** On a real cluster: the one that skips time loses a run whose activity fails after it was asked to cease. */
const calledOff = suite('[SVC-10] [WFL-03] a server that is no longer wanted while a step of it fails');
const { activities, behave, done } = provisioningStubs();
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let handle: ProvisioningHandle;

calledOff.before(async () => {
  cluster = await developmentCluster();
  workers = await workOnAllQueues(cluster, activities);
});
calledOff.before.each(() => behave(() => handle));
calledOff.after(async () => {
  await workers.stop();
  await cluster.teardown();
});

/** Until the cluster has asked the activity to cease. */
async function changeMind(): Promise<void> {
  await handle.signal(provisioningUnwanted);
  const isAsked = async () =>
    !!(await handle.fetchHistory()).events?.some((e) => e.activityTaskCancelRequestedEventAttributes);
  while (!(await isAsked())) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function fails(): Promise<never> {
  await changeMind();
  throw new Error('the worker died');
}

const cases: readonly (readonly [deed: string, fail: () => void])[] = [
  ['the machine is being reserved', () => activities.reserveServer.callsFake(fails)],
  ['addresses are being assigned', () => activities.assignAddresses.callsFake(fails)],
  [
    'a step is being written down',
    () => activities.enterStep.callsFake(({ step }) => (step === 'network' ? fails() : Promise.resolve())),
  ],
];
for (const [deed, fail] of cases) {
  calledOff(`is given back as cancelled: ${deed}`, async () => {
    fail();
    const args: [{ serviceId: string }] = [{ serviceId: 's1' }];
    handle = await cluster.client.workflow.start(serverProvisioning, { taskQueue: 'servers', workflowId: deed, args });
    assert.is((await handle.result()).outcome, 'cancelled');
    assert.equal(done().slice(-2), ['releaseServer', 'tellProgress']);
    assert.is(activities.openStaffTask.callCount, 0);
  });
}

calledOff.run();
