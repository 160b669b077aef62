import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../tests/support/failure.js';
import { developmentCluster, workOnAllQueues } from '../tests/support/temporal.js';
import { batches } from '../workflows/messages/reconcile.js';
import { reconcileSchedules, type Schedule, schedules } from './schedules.js';

const reconciling = suite('schedules');
const line: Schedule = { id: 'tried', every: '1 hours', batches: ['startAccepted'] };
let cluster: TestWorkflowEnvironment;

reconciling.before(async () => {
  cluster = await developmentCluster();
});
reconciling.after(() => cluster.teardown());

const handle = () => cluster.client.schedule.getHandle(line.id);

reconciling('become what the table says, as often as one asks, and stay paused where staff paused them', async () => {
  await reconcileSchedules(cluster.client, [line]);
  await handle().pause('looking into it');
  await reconcileSchedules(cluster.client, [{ ...line, every: '2 hours' }]);
  const { spec, state } = await handle().describe();
  assert.equal([spec.intervals?.[0]?.every, state.paused], [7_200_000, true]);
});

reconciling('do their batches, and a failing one keeps no other from its turn', async () => {
  const asked: string[] = [];
  const startAccepted = async () => {
    asked.push('startAccepted');
    if (asked.length === 1) throw new Error('away');
  };
  const workers = await workOnAllQueues(cluster, { startAccepted });
  const args = [{ batches: ['startAccepted', 'startAccepted'] }];
  const round = cluster.client.workflow.execute('reconcile', { workflowId: 'round', taskQueue: 'orders', args });
  await failureOf(round);
  await workers.stop();
  assert.equal(asked, ['startAccepted', 'startAccepted']);
});

reconciling('that were retired are taken off, and those that never were do no harm', async () => {
  await reconcileSchedules(cluster.client, [], [line.id, 'never']);
  await failureOf(handle().describe());
});

reconciling('give every batch its turn', () => {
  const scheduled = new Set(schedules.flatMap((schedule) => schedule.batches));
  assert.equal(
    batches.filter((batch) => !scheduled.has(batch)),
    [],
  );
});

reconciling.run();
