import { proxyActivities } from '@temporalio/workflow';
import type { BatchActivities } from '../../activities/billing/batches.js';
import { lookUp } from '../durable/patience.js';
import type { CollectionBatchInput } from '../messages/collection-batch.js';

const { workOnBatch } = proxyActivities<BatchActivities>(lookUp);

/** Started by a set that staff sent; over when each invoice's own process did what was asked, or said why not. A set is bounded, so its history is. */
export async function collectionBatch({ batchId }: CollectionBatchInput): Promise<void> {
  while ((await workOnBatch(batchId)).left > 0);
}
