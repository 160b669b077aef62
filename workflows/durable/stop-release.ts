import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { StopActivities } from '../../activities/durable/stops.js';
import type { StopReleaseInput } from '../messages/stop-release.js';
import { quick } from './patience.js';

const { tellLifted } = proxyActivities<StopActivities>(quick);

/** With the size of a batch the most that starts at once: what was held for a day is let go over minutes. */
const BETWEEN_BATCHES = '5 seconds';
const LONG_HISTORY = 800;

/** Started by a lifted stop; over when every process that waited at it was told. Each of them asks anew for itself. */
export async function stopRelease({ stopId }: StopReleaseInput): Promise<void> {
  while ((await tellLifted(stopId)).left > 0) {
    await sleep(BETWEEN_BATCHES, { summary: 'until the next batch is let go' });
    if (workflowInfo().historyLength > LONG_HISTORY) await continueAsNew<typeof stopRelease>({ stopId });
  }
}
