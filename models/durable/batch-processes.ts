/** Sets of failed payments that staff act on together, as a branch of the union of processes. */
export const batchProcesses = `
  SELECT 'collection-batch:' || b.id, 'collectionBatch', 'collection_batch', b.act, b.id, NULL, CAST(NULL AS uuid),
         CASE WHEN b.done_at IS NULL THEN 'running' ELSE 'completed' END, b.done_at IS NOT NULL,
         b.asked_at, b.done_at, s.started_at, s.attempts
  FROM collection_batches b JOIN process_starts s ON s.workflow_id = 'collection-batch:' || b.id`;
