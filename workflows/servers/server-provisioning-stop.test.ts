import type { TestWorkflowEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { atLast, brake } from '../../tests/support/brake.js';
import { keepHistory } from '../../tests/support/histories.js';
import { type ProvisioningHandle, provisioningStubs } from '../../tests/support/provisioning-stubs.js';
import { timeSkippingCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import { provisioningStep, provisioningUnwanted } from '../messages/server-provisioning.js';
import { serverProvisioning } from './server-provisioning.js';

const provisioning = suite('[WFL-03] serverProvisioning at an emergency stop');
const { activities, behave, done, told } = provisioningStubs();
const { held, guard, set, lift, liftUnheard, release } = brake();
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let handle: ProvisioningHandle;
let runs = 0;

provisioning.before(async () => {
  cluster = await timeSkippingCluster();
  workers = await workOnAllQueues(cluster, guard(activities));
});
provisioning.before.each(() => {
  release();
  behave(() => handle);
});
provisioning.after(async () => {
  await workers.stop();
  await cluster.teardown();
});

async function start(): Promise<void> {
  const args: [{ serviceId: string }] = [{ serviceId: 's1' }];
  const options = { taskQueue: 'servers', workflowId: `server-provisioning-stop:${++runs}`, args };
  handle = await cluster.client.workflow.start(serverProvisioning, options);
}

const times = (name: string) => done().filter((each) => each === name).length;

provisioning(
  'touches no machine and no switch while installations are stopped, and does all of it once after',
  async () => {
    set('installations');
    await start();
    await atLast(() => held.includes('openPort'));
    assert.equal(done(), ['beginProvisioning', 'reserveServer', 'assignAddresses', 'assignPort']);
    assert.is(await handle.query(provisioningStep), 'network');
    await lift('installations', handle);
    assert.equal(await handle.result(), { outcome: 'active' });
    for (const name of ['openPort', 'prepareInstallation', 'powerOff', 'setNetworkBoot', 'powerOn', 'setDiskBoot'])
      assert.is(times(name), 1, name);
    assert.is(told().filter((event) => event === 'server.installing').length, 1);
    await keepHistory(handle, 'server-provisioning-held-and-lifted');
  },
);

provisioning('opens its port while power is stopped, and waits before the machine', async () => {
  set('power');
  await start();
  await atLast(() => held.includes('powerOff'));
  assert.is(times('openPort'), 1);
  assert.is(times('prepareInstallation'), 1);
  liftUnheard('power'); // the signal is lost: its timer finds out
  assert.equal(await handle.result(), { outcome: 'active' });
  assert.is(times('powerOn'), 1);
});

provisioning('holds the next step when it is stopped during one, and finishes that one', async () => {
  activities.setNetworkBoot.callsFake(async () => {
    set('all');
    return { fit: true };
  });
  await start();
  await atLast(() => held.includes('powerOn'));
  assert.is(times('setNetworkBoot'), 1);
  await lift('all', handle);
  assert.equal(await handle.result(), { outcome: 'active' });
  assert.is(times('setNetworkBoot'), 1);
  assert.is(times('powerOn'), 1);
});

provisioning(
  'is given back when the customer changes their mind at the stop, without the step that was held',
  async () => {
    set('power');
    await start();
    await atLast(() => held.includes('powerOff'));
    await handle.signal(provisioningUnwanted);
    await atLast(() => activities.leaveHold.called);
    await atLast(() => held.length > 1); // switching off what it may have switched on waits like anything else
    assert.is(times('powerOff'), 0);
    await lift('power', handle);
    assert.equal(await handle.result(), { outcome: 'cancelled' });
    assert.is(times('setNetworkBoot'), 0);
    assert.is(times('powerOn'), 0);
    assert.is(times('powerOff'), 1);
    sinon.assert.calledOnce(activities.releaseServer);
    await keepHistory(handle, 'server-provisioning-called-off-at-a-stop');
  },
);

provisioning('hands the server over while letters are stopped; the welcome follows', async () => {
  set('mails');
  await start();
  await atLast(() => held.includes('sendWelcome'));
  assert.is(times('handOver'), 1);
  await lift('mails', handle);
  assert.equal(await handle.result(), { outcome: 'active' });
  assert.is(times('sendWelcome'), 1);
});

provisioning.run();
