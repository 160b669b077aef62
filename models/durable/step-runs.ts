/**
 * The steps that there are, each found by one leap through the index of those with that status: the index stands in the
 * order of process, step and end, so that nothing is read of the runs in between.
 */
export function knownSteps(status: 'done' | 'failed'): string {
  const next = (after: string) =>
    `(SELECT process, step FROM process_steps WHERE status = '${status}' ${after} ORDER BY process, step LIMIT 1)`;
  return `(WITH RECURSIVE known AS (${next('')} UNION ALL
    SELECT n.process, n.step FROM known k CROSS JOIN LATERAL ${next('AND (process, step) > (k.process, k.step)')} n)
    SELECT * FROM known)`;
}

/** Seconds and end of the last runs of the step `s`. */
export const lastRuns = `(SELECT extract(epoch FROM ended_at - started_at)::float8 AS seconds, ended_at FROM process_steps
  WHERE status = 'done' AND process = s.process AND step = s.step ORDER BY ended_at DESC LIMIT :runs)`;
