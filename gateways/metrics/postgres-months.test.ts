import { randomUUID } from 'node:crypto';
import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDatabase } from '../../tests/support/database.js';
import { createPostgresMetrics } from './postgres.js';

const months = suite('[NET-01] months of intervals');
const portId = randomUUID();
let database: { close: () => Promise<void> };
let today: Date;

months.before(async () => {
  database = await openDatabase();
});
months.after(async () => {
  await database.close();
});

const store = () => createPostgresMetrics({ knex: Model.knex(), now: () => today, rawMonths: 13 });
const intervalAt = (time: string) => ({ portId, startsAt: new Date(time), inOctets: 10, outOctets: 1, seconds: 300 });

async function partitions(): Promise<string[]> {
  const { rows } = await Model.knex().raw<{ rows: { name: string }[] }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'traffic_intervals'::regclass ORDER BY 1`,
  );
  return rows.map(({ name }) => name.replace('traffic_intervals_', ''));
}

months('are made when they are written into, by two at once as well, and ahead', async () => {
  today = new Date('2027-12-31T23:59:50Z');
  const [one, other] = [store(), createPostgresMetrics({ knex: Model.knex(), now: () => today, rawMonths: 13 })];
  const times = ['2026-11-30T23:55Z', '2027-02-01T00:00Z'];
  await Promise.all([one, other].map((each) => each.write(times.map(intervalAt))));
  await one.housekeep();
  assert.equal(await partitions(), ['2026_11', '2027_02', '2027_12', '2028_01']);
});

months('go when their time is over; their hours and days stay', async () => {
  today = new Date('2028-01-01T00:00Z');
  await store().housekeep();
  assert.equal(await partitions(), ['2027_02', '2027_12', '2028_01', '2028_02']);
  const asked = { portId, from: new Date('2026-11-01'), to: today };
  const starts = async (resolution: 'interval' | 'hour' | 'day') =>
    (await store().traffic({ ...asked, resolution })).map(({ startsAt }) => startsAt.toISOString().slice(0, 10));
  assert.equal(await starts('interval'), ['2027-02-01']);
  assert.equal(await starts('day'), ['2026-11-30', '2027-02-01']);
});

months.run();
