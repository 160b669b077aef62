import { readdirSync, readFileSync } from 'node:fs';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { contracts } from '../../workflows/messages/index.js';
import { workflowBundle } from '../support/temporal.js';

const histories = suite('[WFL-07] recorded histories');
const recorded = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.json'));

function read(file: string) {
  return historyFromJSON(JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')));
}

histories('stand for every process', () => {
  const kinds = recorded.map(
    (file) => read(file).events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name,
  );
  const missing = contracts.filter(({ type }) => !kinds.includes(type)).map(({ type }) => type);
  assert.equal(missing, []);
});

for (const file of recorded) {
  histories(`${file.replace('.json', '')} goes on under this code`, async () => {
    await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, read(file));
  });
}

histories('of a process that took another way are refused', async () => {
  const [file = ''] = recorded;
  const history = read(file);
  const scheduled = history.events?.find((event) => event.activityTaskScheduledEventAttributes);
  if (scheduled?.activityTaskScheduledEventAttributes?.activityType)
    scheduled.activityTaskScheduledEventAttributes.activityType.name = 'somethingElse';
  let refused = '';
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history).catch((error: Error) => {
    refused = error.name;
  });
  assert.is(refused, 'DeterminismViolationError');
});

histories.run();
