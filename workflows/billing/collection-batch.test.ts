import type { TestWorkflowEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createBatchActivities } from '../../activities/billing/batches.js';
import { keepHistory } from '../../tests/support/histories.js';
import { timeSkippingCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import { collectionBatch } from '../messages/collection-batch.js';
import type { collectionBatch as process } from './collection-batch.js';

const batches = suite('[BIL-06] collectionBatch');
const activities = sinon.stub(createBatchActivities({} as never));
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };

batches.before(async () => {
  cluster = await timeSkippingCluster();
  workers = await workOnAllQueues(cluster, activities);
});
batches.after(async () => {
  await workers?.stop();
  await cluster?.teardown();
});

batches('goes on until nothing of the set is left, also when the cluster was away for a while', async () => {
  activities.workOnBatch.onCall(0).resolves({ left: 6 });
  activities.workOnBatch.onCall(1).rejects(new Error('the cluster did not answer'));
  activities.workOnBatch.onCall(2).resolves({ left: 1 });
  activities.workOnBatch.onCall(3).resolves({ left: 0 });
  const { type, taskQueue, workflowId } = collectionBatch;
  const input = { batchId: 'b1' };
  const options = { taskQueue, workflowId: workflowId(input), args: [input] as [typeof input] };
  const handle = await cluster.client.workflow.start<typeof process>(type, options);
  await handle.result();
  assert.is(activities.workOnBatch.callCount, 4);
  await keepHistory(handle, 'collection-batch-done');
});

batches.run();
