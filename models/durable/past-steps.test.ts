import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDatabase } from '../../tests/support/database.js';
import { pastSteps } from './past-steps.js';
import { ProcessStep } from './process-step.js';
import { knownSteps, lastRuns } from './step-runs.js';

const past = suite('[STF-07] past runs of steps');
let database: { close: () => Promise<void> };

past.before(async () => {
  database = await openDatabase();
});
past.before.each(async () => {
  await ProcessStep.query().delete();
});
past.after(async () => {
  await database.close();
});

/** Rows in any order, with ends that differ and durations that tell which run it was. */
async function runs(count: number, processes: readonly string[], steps: readonly string[]): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => {
    const startedAt = new Date(Date.UTC(2027, 0, 1) + ((index * 7_919) % count) * 60_000);
    const status = (['done', 'done', 'done', 'failed', 'undone', 'running'] as const)[index % 6] ?? 'done';
    const endedAt = status === 'running' ? null : new Date(startedAt.getTime() + ((index * 31) % 97) * 1_000);
    const [process = '', step = ''] = [processes[index % processes.length], steps[(index * 3) % steps.length]];
    return { process, step, subjectId: randomUUID(), status, attempts: 1, startedAt, endedAt };
  });
  await ProcessStep.query().insert(rows);
}

/** What it is measured against: all rows of the table, ranked. */
async function ranked(limit: number): Promise<Record<string, number[]>> {
  const { rows } = await ProcessStep.knex().raw(
    `SELECT step, array_agg(seconds ORDER BY seconds) AS seconds FROM (
       SELECT step, extract(epoch FROM ended_at - started_at)::float8 AS seconds,
              row_number() OVER (PARTITION BY process, step ORDER BY ended_at DESC) AS age
       FROM process_steps WHERE status = 'done') AS past WHERE age <= ? GROUP BY step`,
    [limit],
  );
  return Object.fromEntries(rows.map(({ step, seconds }: { step: string; seconds: number[] }) => [step, seconds]));
}

const sorted = (found: Record<string, number[]>) =>
  Object.fromEntries(Object.entries(found).map(([step, seconds]) => [step, [...seconds].sort((a, b) => a - b)]));

past('are the same as if every row were ranked', async () => {
  assert.equal(await ProcessStep.pastSeconds(), {});
  for (const limit of [1, 5, 20]) {
    await ProcessStep.query().delete();
    await runs(900, ['order', 'serverProvisioning', 'powerCommand'], ['payment', 'boot', 'install', 'reserve', 'a']);
    assert.equal(sorted(await ProcessStep.pastSeconds(limit)), await ranked(limit));
  }
});

past('are read in a handful of rows, however many there are', async () => {
  await runs(6_000, ['order', 'serverProvisioning'], ['payment', 'boot', 'install']);
  await ProcessStep.knex().raw('ANALYZE process_steps');
  const { rows } = await ProcessStep.knex().raw(
    `EXPLAIN (ANALYZE, FORMAT JSON) SELECT s.step, array_agg(r.seconds) FROM ${knownSteps('done')} s
     CROSS JOIN LATERAL ${lastRuns} r GROUP BY s.step`,
    { runs: 20 },
  );
  const read = rowsRead(rows[0]['QUERY PLAN'][0].Plan);
  assert.ok(read > 0 && read <= 6 * (20 + 2) + 2, `${read} rows read`);
});

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Plan[];
}

function rowsRead(plan: Plan): number {
  const own = plan['Relation Name'] === 'process_steps' ? Math.ceil(plan['Actual Rows'] * plan['Actual Loops']) : 0;
  return own + (plan.Plans ?? []).reduce((sum, inner) => sum + rowsRead(inner), 0);
}

past('tell each step’s last runs and its last failure, also of one that never succeeded', async () => {
  const step = { process: 'order', subjectId: randomUUID(), attempts: 1, startedAt: new Date('2027-03-01T10:00Z') };
  await ProcessStep.query().insert([
    { ...step, step: 'payment', status: 'done', endedAt: new Date('2027-03-01T10:00:07Z') },
    { ...step, step: 'boot', status: 'failed', endedAt: new Date('2027-03-01T10:05Z') },
    { ...step, step: 'boot', subjectId: randomUUID(), status: 'failed', endedAt: new Date('2027-03-01T11:05Z') },
  ]);
  const found = await pastSteps();
  assert.equal(
    found.map(({ step: name, seconds, lastFailedAt }) => [name, seconds, lastFailedAt?.toISOString()]),
    [
      ['boot', [], '2027-03-01T11:05:00.000Z'],
      ['payment', [7], undefined],
    ],
  );
});

past.run();
