import { proxyActivities } from '@temporalio/workflow';
import type { createActivities } from '../../activities/index.js';
import type { Batch, ReconcileInput } from '../messages/reconcile.js';

/** Not tried again: the next round comes soon enough, and begins with what is waiting then. */
const aRound = { startToCloseTimeout: '1 minute', retry: { maximumAttempts: 1 } } as const;

const activities = proxyActivities<Pick<ReturnType<typeof createActivities>, Batch>>(aRound);

/** Started by a schedule; over when each batch had its turn. Fails as the first of them that failed. */
export async function reconcile({ batches }: ReconcileInput): Promise<void> {
  const failures: unknown[] = [];
  for (const batch of batches) await activities[batch]().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
