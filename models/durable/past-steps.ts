import { ProcessStep } from './process-step.js';
import { knownSteps, lastRuns } from './step-runs.js';

/** The last runs of a step of a process that were done, newest first, and when it last failed. */
export interface PastStep {
  readonly process: string;
  readonly step: string;
  readonly seconds: readonly number[];
  readonly lastDoneAt: Date | null;
  readonly lastFailedAt: Date | null;
}

/** Of every step of every process, as many runs as are asked for at most: bounded, however long the shop has run. */
export async function pastSteps(runs = 100): Promise<PastStep[]> {
  const knex = ProcessStep.knex();
  const steps = knex.raw(
    `(SELECT s.process, s.step, coalesce(d.seconds, '{}') AS seconds, d.last_done_at, f.last_failed_at
      FROM (SELECT * FROM ${knownSteps('done')} a UNION SELECT * FROM ${knownSteps('failed')} b) s
      LEFT JOIN LATERAL (SELECT array_agg(r.seconds ORDER BY r.ended_at DESC) AS seconds, max(r.ended_at) AS last_done_at
        FROM ${lastRuns} r) d ON true
      LEFT JOIN LATERAL (SELECT ended_at AS last_failed_at FROM process_steps WHERE status = 'failed'
        AND process = s.process AND step = s.step ORDER BY ended_at DESC LIMIT 1) f ON true) AS steps`,
    { runs },
  );
  return knex.select<PastStep[]>('*').from(steps).orderBy(['process', 'step']);
}
