import { proxyActivities } from '@temporalio/workflow';
import type { createActivities } from '../../activities/index.js';
import { type Batch, longBatches, type ReconcileInput } from '../messages/reconcile.js';

type Batches = Pick<ReturnType<typeof createActivities>, Batch>;

/** Not tried again: the next round comes soon enough, and begins with what is waiting then. */
const once = { retry: { maximumAttempts: 1 } } as const;
const quick = proxyActivities<Batches>({ startToCloseTimeout: '1 minute', ...once });
const long = proxyActivities<Batches>({ startToCloseTimeout: '1 hour', heartbeatTimeout: '12 seconds', ...once });

/** Started by a schedule; over when each batch had its turn. Fails as the first of them that failed. */
export async function reconcile({ batches }: ReconcileInput): Promise<void> {
  const failures: unknown[] = [];
  for (const batch of batches) {
    const patience = longBatches.includes(batch) ? long : quick;
    await patience[batch]().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}
