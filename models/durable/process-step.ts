import { Model, type QueryBuilder, type Transaction } from 'objection';
import { knownSteps, lastRuns } from './step-runs.js';

/** Which process is held, and in which step where only one of them can be. */
export type StepHeld = Pick<ProcessStep, 'process' | 'subjectId'> & Partial<Pick<ProcessStep, 'step'>>;

/** A named step of a process as people watch it: since when, how often tried, how long it took. */
export class ProcessStep extends Model {
  static override tableName = 'process_steps';

  declare id: string;
  declare process: string;
  declare subjectId: string;
  declare step: string;
  /** `held`: it waits at an emergency stop. */
  declare status: 'running' | 'held' | 'done' | 'failed' | 'undone';
  declare attempts: number;
  /** What goes wrong just now, as a phrase key. */
  declare problem: string | null;
  declare startedAt: Date;
  declare endedAt: Date | null;
  /** Since when it waits at an emergency stop. */
  declare heldAt: Date | null;

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
        heldAt: null,
      })
      .whereNot('process_steps.status', 'running');
  }

  static async end(
    { process, subjectId }: Pick<ProcessStep, 'process' | 'subjectId'>,
    status: 'done' | 'failed' | 'undone',
    at: Date,
    trx?: Transaction,
  ): Promise<void> {
    const ended = { status, endedAt: at, heldAt: null, problem: null };
    await ProcessStep.query(trx).where({ process, subjectId }).whereNull('endedAt').patch(ended);
  }

  /** The step under way waits at an emergency stop. */
  static async hold(step: StepHeld, at: Date, trx: Transaction): Promise<void> {
    await ProcessStep.query(trx).where(step).where({ status: 'running' }).patch({ status: 'held', heldAt: at });
  }

  /** It goes on. Its beginning moves with it: the usual time of a step knows no stops. */
  static async goOn(step: StepHeld, at: Date, trx: Transaction): Promise<void> {
    const startedAt = ProcessStep.raw('started_at + (?::timestamptz - held_at)', [at]) as unknown as Date;
    await ProcessStep.query(trx)
      .where(step)
      .where({ status: 'held' })
      .patch({ status: 'running', heldAt: null, startedAt });
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
