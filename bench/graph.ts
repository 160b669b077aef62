import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Model } from 'objection';
import { history } from '../dev/demo/traffic.js';
import { influxPrograms } from '../dev/influx/program.js';
import { startInflux } from '../dev/influx/server.js';
import { createInfluxMetrics } from '../gateways/metrics/influx.js';
import type { MetricsStore, Resolution, TrafficPoint } from '../gateways/metrics/metrics-store.js';
import { createPostgresMetrics } from '../gateways/metrics/postgres.js';
import { connect } from '../models/connection.js';
import { secondsOf, startOf } from '../rules/network/traffic.js';
import { startCluster, TEMPLATE } from '../tests/support/cluster.js';
import { type Measurement, median, rounded } from './measurement.js';

const YEAR_MS = 365 * secondsOf.day * 1_000;
const FASTER = 5;

interface Timing {
  readonly store: string;
  readonly points: number;
  readonly rawMs: number;
  readonly ownMs: number;
}

/**
 * A year of one port as a graph asks for it, by its days, against the same points summed from five-minute intervals.
 */
export async function measure(args: readonly string[]): Promise<Measurement> {
  const options = { ports: { type: 'string', default: '4' }, rounds: { type: 'string', default: '7' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const now = startOf('day', new Date());
  const ports = Array.from({ length: Number(values.ports) }, () => randomUUID());
  const timings = [await inPostgres(ports, now, Number(values.rounds))];
  const [program] = await influxPrograms();
  if (program) timings.push(await inInflux(program, ports, now, Number(values.rounds)));
  const [postgres] = timings as [Timing];
  return {
    name: 'graph',
    question: `a year of one port out of ${ports.length}: from days, against the same days summed from its intervals`,
    ratio: Math.min(...timings.map(({ rawMs, ownMs }) => rawMs / ownMs)),
    target: FASTER,
    table: [
      ['store', 'points', 'from intervals, ms', 'from days, ms', 'times'],
      ...timings.map(({ store, points, rawMs, ownMs }) => [
        ...[store, points, rounded(rawMs, 1), rounded(ownMs, 1), rounded(rawMs / ownMs, 1)],
      ]),
    ],
    figures: { points: postgres.points, sumsAreEqual: true },
  };
}

async function inPostgres(ports: readonly string[], now: Date, rounds: number): Promise<Timing> {
  const cluster = await startCluster();
  const knex = connect(`${cluster.url}/${TEMPLATE}`);
  Model.knex(knex);
  try {
    const store = createPostgresMetrics({ knex, now: () => now, rawMonths: 13 });
    await fill(store, ports, now);
    await knex.raw('VACUUM ANALYZE');
    const [portId, from] = [ports[0] ?? '', new Date(now.getTime() - YEAR_MS)];
    // The reference is the database's own sum: nothing is sent that is not shown.
    const summed = async () => {
      const { rows } = await knex.raw<{ rows: TrafficPoint[] }>(
        `SELECT date_bin('1 day', starts_at, 'epoch') AS "startsAt", sum(in_octets)::bigint AS "inOctets",
                sum(out_octets)::bigint AS "outOctets", sum(seconds)::integer AS seconds
         FROM traffic_intervals WHERE port_id = ? AND starts_at >= ? AND starts_at < ? GROUP BY 1 ORDER BY 1`,
        [portId, from, now],
      );
      return rows;
    };
    return await timed('PostgreSQL', store, { portId, from, to: now }, summed, rounds);
  } finally {
    await knex.destroy();
    await cluster.stop();
  }
}

async function inInflux(program: string, ports: readonly string[], now: Date, rounds: number): Promise<Timing> {
  const server = await startInflux(program);
  try {
    const store = createInfluxMetrics({ ...server, now: () => now, rawMonths: 13 });
    await fill(store, ports, now);
    const asked = { portId: ports[0] ?? '', from: new Date(now.getTime() - YEAR_MS), to: now };
    const summed = async () => byDay(await store.traffic({ ...asked, resolution: 'interval' }));
    return await timed(`InfluxDB ${server.version}`, store, asked, summed, rounds);
  } finally {
    await server.close();
  }
}

async function fill(store: MetricsStore, ports: readonly string[], now: Date): Promise<void> {
  for (const portId of ports) {
    await store.write(history({ portId, serial: portId }, new Date(now.getTime() - YEAR_MS), now));
  }
}

/** Both in turns, so that neither has the quieter minute; and both must say the same, to the octet. */
async function timed(
  name: string,
  store: MetricsStore,
  asked: { portId: string; from: Date; to: Date },
  summed: () => Promise<readonly TrafficPoint[]>,
  rounds: number,
): Promise<Timing> {
  const own = () => store.traffic({ ...asked, resolution: 'day' satisfies Resolution });
  const [raw, days] = [await summed(), await own()];
  if (JSON.stringify(raw) !== JSON.stringify(days))
    throw new Error(`${name}: days are not the sums of their intervals`);
  const times: { raw: number; own: number }[] = [];
  for (let round = 0; round < rounds; round++) times.push({ raw: await msOf(summed), own: await msOf(own) });
  const rawMs = median(times.map(({ raw }) => raw));
  return { store: name, points: days.length, rawMs, ownMs: median(times.map(({ own }) => own)) };
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function byDay(intervals: readonly TrafficPoint[]): TrafficPoint[] {
  const days = new Map<number, TrafficPoint>();
  for (const { startsAt, inOctets, outOctets, seconds } of intervals) {
    const day = startOf('day', startsAt);
    const sum = days.get(day.getTime());
    days.set(day.getTime(), {
      startsAt: day,
      inOctets: (sum?.inOctets ?? 0) + inOctets,
      outOctets: (sum?.outOctets ?? 0) + outOctets,
      seconds: (sum?.seconds ?? 0) + seconds,
    });
  }
  return [...days.values()];
}
