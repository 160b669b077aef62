import type { Knex } from 'knex';
import { monthOf, oldestKept } from '../../rules/network/raw-retention.js';

const PARTITION = 'traffic_intervals_';
/** Names this one lock among the database's advisory locks. */
const MAKING = 7_316_002;
/** Months made known to each pool, so that only the first write of a month asks for its partition. */
const made = new WeakMap<Knex, Set<string>>();

/** Makes the partitions of the months that these instants fall into. */
export async function makeRoomFor(knex: Knex, instants: readonly Date[]): Promise<void> {
  await make(knex, [...new Set(instants.map((instant) => monthOf(instant).toISOString()))]);
}

/** Makes this month and the next, and lets go of the intervals of months past their time. Their hours and days stay. */
export async function keepMonths(knex: Knex, { now, rawMonths }: { now: Date; rawMonths: number }): Promise<void> {
  await make(knex, [monthOf(now).toISOString(), monthOf(now, 1).toISOString()]);
  const kept = nameOf(oldestKept(now, rawMonths));
  const { rows } = await knex.raw<{ rows: { name: string }[] }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'traffic_intervals'::regclass`,
  );
  for (const { name } of rows) if (name < kept) await knex.schema.dropTable(name);
}

async function make(knex: Knex, months: readonly string[]): Promise<void> {
  const known = made.get(knex) ?? new Set();
  made.set(knex, known);
  const wanted = months.filter((month) => !known.has(month));
  if (wanted.length === 0) return;
  await knex.transaction(async (trx) => {
    await trx.raw('SELECT pg_advisory_xact_lock(?)', [MAKING]); // "if not exists" does not hold between two at once
    for (const month of wanted) await makePartition(trx, month);
  });
  for (const month of wanted) known.add(month);
}

async function makePartition(trx: Knex.Transaction, month: string): Promise<void> {
  const [from, to] = [new Date(month), monthOf(new Date(month), 1)];
  // Bounds of a partition take no parameters; these are dates of our own making.
  const bounds = `FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`;
  await trx.raw(`CREATE TABLE IF NOT EXISTS ?? PARTITION OF traffic_intervals FOR VALUES ${bounds}`, [nameOf(from)]);
}

function nameOf(month: Date): string {
  return `${PARTITION}${month.toISOString().slice(0, 7).replace('-', '_')}`;
}
