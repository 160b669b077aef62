import type { ProcessContract } from './contract.js';

export interface CollectionBatchInput {
  readonly batchId: string;
}

export const collectionBatch: ProcessContract<CollectionBatchInput> = {
  type: 'collectionBatch',
  taskQueue: 'billing',
  summary: 'A set of failed payments that staff act on together',
  workflowId: ({ batchId }) => `collection-batch:${batchId}`,
};
