import { Model, type QueryBuilder, type Transaction } from 'objection';
import { knownSteps, lastRuns } from './step-runs.js';

/** A named step of a process as people watch it: since when, how often tried, how long it took. */
export class ProcessStep extends Model {
  static override tableName = 'process_steps';

  declare id: string;
  declare process: string;
  declare subjectId: string;
  declare step: string;
  declare status: 'running' | 'done' | 'failed' | 'undone';
  declare attempts: number;
  /** What goes wrong just now, as a phrase key. */
  declare problem: string | null;
  declare startedAt: Date;
  declare endedAt: Date | null;

  static override modifiers = {
    of: (query: QueryBuilder<ProcessStep>, process: string, subjectId: string) =>
      query.where({ process, subjectId }).orderBy('startedAt'),
    running: (query: QueryBuilder<ProcessStep>) => query.where({ status: 'running' }),
  };

  /** A step begun again is the same row with one more attempt, and counts from its new beginning. */
  static async begin(process: string, subjectId: string, step: string, at: Date, trx?: Transaction): Promise<void> {
    await ProcessStep.query(trx)
      .insert({ process, subjectId, step, status: 'running', attempts: 1, startedAt: at })
      .onConflict(['process', 'subjectId', 'step'])
      .merge({
        status: 'running',
        attempts: ProcessStep.raw('process_steps.attempts + 1') as unknown as number,
        startedAt: at,
        endedAt: null,
      })
      .whereNot('process_steps.status', 'running');
  }

  static async end(
    { process, subjectId }: Pick<ProcessStep, 'process' | 'subjectId'>,
    status: 'done' | 'failed' | 'undone',
    at: Date,
    trx?: Transaction,
  ): Promise<void> {
    const ended = { status, endedAt: at, problem: null };
    await ProcessStep.query(trx).where({ process, subjectId, status: 'running' }).patch(ended);
  }

  /** Seconds the last runs of each step took, of all processes together: `{ reserve: [1, 2, 1], … }`. */
  static async pastSeconds(runs = 20): Promise<Record<string, number[]>> {
    const { rows } = await ProcessStep.knex().raw<{ rows: { step: string; seconds: number[] }[] }>(
      `SELECT s.step, array_agg(r.seconds) AS seconds FROM ${knownSteps('done')} s CROSS JOIN LATERAL ${lastRuns} r
       GROUP BY s.step`,
      { runs },
    );
    return Object.fromEntries(rows.map(({ step, seconds }) => [step, seconds]));
  }

  /** As `pastSeconds`, of these steps of one process: a few rows of each are read, however many there ever were. */
  static async secondsOf(process: string, steps: readonly string[], runs = 20): Promise<Record<string, number[]>> {
    const { rows } = await ProcessStep.knex().raw<{ rows: { step: string; seconds: number[] }[] }>(
      `SELECT step, array(SELECT extract(epoch FROM ended_at - started_at)::float8 FROM process_steps p
          WHERE p.process = ? AND p.step = wanted.step AND p.status = 'done' ORDER BY ended_at DESC LIMIT ?) AS seconds
       FROM unnest(?::text[]) AS wanted (step)`,
      [process, runs, [...steps]],
    );
    return Object.fromEntries(rows.map(({ step, seconds }) => [step, seconds]));
  }
}
