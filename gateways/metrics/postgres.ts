import type { Knex } from 'knex';
import { oldestKept } from '../../rules/network/raw-retention.js';
import { secondsOf } from '../../rules/network/traffic.js';
import type { MetricsStore, TrafficPoint, TrafficQuestion } from './metrics-store.js';
import { sortingErrors } from './postgres-errors.js';
import { keepMonths, makeRoomFor } from './postgres-months.js';
import { createMetricsStore, type PortPoint, type Shelf, type ShelfRoom } from './shelf.js';

export interface PostgresMetricsDeps {
  /** Of the shop's own connection: numbers of 64 bits come as numbers. It is not closed here. */
  readonly knex: Knex;
  readonly now: () => Date;
  /** How many whole months of five-minute intervals are kept before this one; hours and days are kept for good. */
  readonly rawMonths: number;
}

const tables = { interval: 'traffic_intervals', hour: 'traffic_hours', day: 'traffic_days' } as const;
const finer = { hour: 'interval', day: 'hour' } as const;
/** Names this one lock among the database's advisory locks. */
const WRITING = 7_316_001;

/** Traffic in the shop's own database, intervals in a partition a month. */
export function createPostgresMetrics({ knex, now, rawMonths }: PostgresMetricsDeps): MetricsStore {
  const room: ShelfRoom = {
    inTurn: (work, intervals) =>
      sortingErrors(async () => {
        await makeRoomFor(
          knex,
          intervals.map(({ startsAt }) => startsAt),
        );
        await knex.transaction(async (trx) => {
          // One after the other, or two would sum up an hour of which each sees only its own part.
          await trx.raw('SELECT pg_advisory_xact_lock(?)', [WRITING]);
          await work(shelfIn(trx));
        });
      }),
    traffic: (question) => sortingErrors(() => read(knex, question)),
    housekeep: () => sortingErrors(() => keepMonths(knex, { now: now(), rawMonths })),
    close: async () => {},
  };
  return createMetricsStore(room, () => oldestKept(now(), rawMonths));
}

function shelfIn(trx: Knex.Transaction): Shelf {
  return {
    async put(resolution, points) {
      await trx.raw(
        `INSERT INTO ?? (port_id, starts_at, in_octets, out_octets, seconds)
         SELECT * FROM unnest(?::uuid[], ?::timestamptz[], ?::bigint[], ?::bigint[], ?::integer[])
         ON CONFLICT (port_id, starts_at) DO UPDATE
         SET in_octets = excluded.in_octets, out_octets = excluded.out_octets, seconds = excluded.seconds`,
        [
          tables[resolution],
          points.map(({ portId }) => portId),
          points.map(({ startsAt }) => startsAt.toISOString()),
          points.map(({ inOctets }) => inOctets),
          points.map(({ outOctets }) => outOctets),
          points.map(({ seconds }) => seconds),
        ],
      );
    },

    async sums(resolution, { portIds, from, to }) {
      const { rows } = await trx.raw<{ rows: PortPoint[] }>(
        `SELECT port_id AS "portId", date_bin(?::interval, starts_at, 'epoch') AS "startsAt",
                sum(in_octets)::bigint AS "inOctets", sum(out_octets)::bigint AS "outOctets", sum(seconds)::integer AS seconds
         FROM ?? WHERE port_id = ANY (?::uuid[]) AND starts_at >= ? AND starts_at < ? GROUP BY 1, 2`,
        [`${secondsOf[resolution]} seconds`, tables[finer[resolution]], [...portIds], from, to],
      );
      return rows;
    },
  };
}

async function read(knex: Knex, { portId, from, to, resolution }: TrafficQuestion): Promise<TrafficPoint[]> {
  return knex(tables[resolution])
    .where({ portId })
    .where('startsAt', '>=', from)
    .where('startsAt', '<', to)
    .orderBy('startsAt')
    .select('startsAt', 'inOctets', 'outOctets', 'seconds');
}
