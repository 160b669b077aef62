/** Stops that were lifted and what they let go, as a branch of the union of processes. */
export const stopProcesses = `
  SELECT 'stop-release:' || e.id, 'stopRelease', 'stop', e.kind, e.id, NULL, CAST(NULL AS uuid),
         CASE WHEN x.is_over THEN 'released' ELSE 'releasing' END, x.is_over,
         e.lifted_at, CASE WHEN x.is_over THEN e.lifted_at END, s.started_at, s.attempts
  FROM emergency_stops e JOIN process_starts s ON s.workflow_id = 'stop-release:' || e.id
  CROSS JOIN LATERAL (SELECT s.started_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM held_steps h WHERE h.stop_id = e.id AND h.told_at IS NULL) AS is_over) x`;
