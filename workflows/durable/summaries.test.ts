import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createStaffTaskActivities } from '../../activities/durable/staff-tasks.js';
import { createCancellationActivities } from '../../activities/services/cancellations.js';
import { createMachineReturnActivities } from '../../activities/services/machine-return.js';
import { createProcesses } from '../../gateways/processes.js';
import { keepHistory } from '../../tests/support/histories.js';
import { Mailbox } from '../../tests/support/mailbox.js';
import { timeSkippingCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import { contracts } from '../messages/index.js';
import { confirmCancellation, serviceCancellation } from '../messages/service-cancellation.js';
import { activitySummaries } from './activity-summaries.js';

const seen = suite('[WFL-08] what the Temporal UI says of a run');
const deps = { mailer: new Mailbox(), shopUrl: '', linkKey: '' };
const activities = sinon.stub({
  ...createCancellationActivities(deps),
  ...createMachineReturnActivities(),
  ...createStaffTaskActivities(),
});
const labels = { service: 'web-3', customer: 'C-002417', order: 'NQ-10497' };
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let handle: WorkflowHandle;

seen.before(async () => {
  cluster = await timeSkippingCluster();
  workers = await workOnAllQueues(cluster, activities);
  activities.sendConfirmationLink.resolves({ delivered: true, labels });
  activities.sendOutcome.resolves({ delivered: true });
  activities.beginReturn.resolves({ serviceId: 's1' });
  activities.setEndDate.callsFake(async () => {
    return { endsAt: new Date((await cluster.currentTimeMs()) + 3_600_000).toISOString() };
  });
  const processes = createProcesses(cluster.client);
  await processes.start(serviceCancellation, { cancellationId: 'c1' });
  await processes.update(serviceCancellation, { cancellationId: 'c1' }, confirmCancellation);
  handle = cluster.client.workflow.getHandle(serviceCancellation.workflowId({ cancellationId: 'c1' }));
  await handle.result();
  await keepHistory(handle, 'service-cancellation-labelled');
});
seen.after(async () => {
  await workers?.stop();
  await cluster?.teardown();
});

async function summaries(kind: 'workflowExecutionStarted' | 'activityTaskScheduled' | 'timerStarted') {
  const { events } = await handle.fetchHistory();
  const wanted = (events ?? []).filter((event) => event[`${kind}EventAttributes`]);
  return wanted.map(({ userMetadata, activityTaskScheduledEventAttributes: activity }) => ({
    of: activity?.activityType?.name,
    summary: userMetadata?.summary?.data && JSON.parse(Buffer.from(userMetadata.summary.data).toString()),
  }));
}

seen('names the run by its process', async () => {
  const [started] = await summaries('workflowExecutionStarted');
  assert.is(started?.summary, serviceCancellation.summary);
});

seen('names each activity by what it does', async () => {
  const told = await summaries('activityTaskScheduled');
  assert.is(told.length, 10);
  for (const { of, summary } of told) assert.is(summary, activitySummaries[of as keyof typeof activitySummaries]);
});

seen('names what each timer waits for', async () => {
  const [timer] = await summaries('timerStarted');
  assert.is(timer?.summary, 'until the last day is over');
});

seen('finds the run by the numbers that people read, and by how far it has come', async () => {
  const { searchAttributes } = await handle.describe();
  const { TemporalChangeVersion: _ofItsCode, ...ours } = searchAttributes;
  assert.equal(
    Object.entries(ours).sort(),
    Object.entries({
      CustomerNumber: ['C-002417'],
      OrderNumber: ['NQ-10497'],
      ServiceName: ['web-3'],
      Stage: ['ended'],
    }),
  );
});

seen('has a sentence of fixed words for every activity and process', () => {
  const all = [...Object.values(activitySummaries), ...contracts.map(({ summary }) => summary)];
  for (const text of all) assert.match(text, /^[A-Z][^{}$]{10,90}$/);
});

seen.run();
