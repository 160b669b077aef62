import { flux, fluxDateTime, fluxExpression, InfluxDB, setLogger } from '@influxdata/influxdb-client';
import { oldestKept } from '../../rules/network/raw-retention.js';
import { type Resolution, secondsOf } from '../../rules/network/traffic.js';
import { sortingErrors } from './influx-errors.js';
import type { MetricsStore } from './metrics-store.js';
import { createMetricsStore, type PortPoint, type Shelf, type ShelfRoom } from './shelf.js';

export interface InfluxAccess {
  readonly url: string;
  /** Of InfluxDB 2; `user:password` of InfluxDB 1.8. */
  readonly token: string;
  readonly org: string;
  /** `database/retention-policy` in InfluxDB 1.8. */
  readonly bucket: string;
}

export interface InfluxMetricsDeps extends InfluxAccess {
  readonly now: () => Date;
  readonly rawMonths: number;
}

const measurements = { interval: 'traffic_interval', hour: 'traffic_hour', day: 'traffic_day' } as const;
const finer = { hour: 'interval', day: 'hour' } as const;
// What it would say on standard error is thrown as well, and told in our own log.
setLogger({ error: () => {}, warn: () => {} });
const TIMEOUT_MS = 30_000;
const LINES_A_REQUEST = 20_000;
/** Of more ports than this one asks for all, and leaves out the others here. */
const MOST_NAMED_PORTS = 50;
/** InfluxDB 1 has no such thing: its retention policy does it. */
const NOT_FOUND = 404;

/**
 * Traffic in InfluxDB 2 (1.8 will do): octets of each interval as 64-bit integers, a measurement for each resolution.
 */
export function createInfluxMetrics({ url, token, org, bucket, now, rawMonths }: InfluxMetricsDeps): MetricsStore {
  const influx = new InfluxDB({ url, token, timeout: TIMEOUT_MS });
  const queries = influx.getQueryApi(org);
  let turn: Promise<unknown> = Promise.resolve();

  const shelf: Shelf = {
    /**
     * One awaited request a batch: the client itself neither gathers nor retries, so that what it says is what was
     * kept.
     */
    async put(resolution, points) {
      const options = { batchSize: LINES_A_REQUEST + 1, flushInterval: 0, maxRetries: 0 };
      const api = influx.getWriteApi(org, bucket, 'ms', options);
      try {
        for (let at = 0; at < points.length; at += LINES_A_REQUEST) {
          api.writeRecords(points.slice(at, at + LINES_A_REQUEST).map((point) => lineOf(resolution, point)));
          await api.flush();
        }
      } finally {
        api.dispose();
      }
    },

    async sums(resolution, { portIds, from, to }) {
      const every = fluxExpression(`${secondsOf[resolution]}s`);
      const ours = new Set(portIds);
      const found = await points(
        flux`${rows(finer[resolution], portIds, from, to)}
          |> aggregateWindow(every: ${every}, fn: sum, timeSrc: "_start", createEmpty: false)`,
      );
      // InfluxDB 1 takes the end of a time into it.
      return found.filter(({ portId, startsAt }) => ours.has(portId) && startsAt < to);
    },
  };

  const room: ShelfRoom = {
    inTurn(work) {
      const done = turn.then(() => sortingErrors(() => work(shelf)));
      turn = done.catch(() => {}); // whoever asked is told; the next one's turn comes all the same
      return done;
    },
    traffic: ({ portId, from, to, resolution }) =>
      sortingErrors(async () => {
        const found = await points(rows(resolution, [portId], from, to));
        return found.filter(({ startsAt }) => startsAt < to).map(({ portId: _, ...point }) => point);
      }),
    housekeep: () => sortingErrors(forget),
    close: async () => {
      await turn;
    },
  };
  return createMetricsStore(room, () => oldestKept(now(), rawMonths));

  function rows(resolution: Resolution, portIds: readonly string[], from: Date, to: Date) {
    const named = portIds.length <= MOST_NAMED_PORTS ? portIds : [];
    const which = named.map((portId) => flux`r.port == ${portId}`.toString()).join(' or ') || 'true';
    return flux`from(bucket: ${bucket})
      |> range(start: ${fluxDateTime(from.toISOString())}, stop: ${fluxDateTime(to.toISOString())})
      |> filter(fn: (r) => r._measurement == ${measurements[resolution]} and (${fluxExpression(which)}))`;
  }

  async function points(query: { toString(): string }): Promise<PortPoint[]> {
    const pivoted = `${query} |> pivot(rowKey: ["_time", "port"], columnKey: ["_field"], valueColumn: "_value")`;
    const found: PortPoint[] = [];
    for await (const { values, tableMeta } of queries.iterateRows(pivoted)) {
      const text = (column: string) => tableMeta.get(values, column) as string;
      const [inOctets, outOctets, seconds] = [Number(text('in')), Number(text('out')), Number(text('seconds'))];
      found.push({ portId: text('port'), startsAt: new Date(text('_time')), inOctets, outOctets, seconds });
    }
    return found.sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  }

  async function forget(): Promise<void> {
    const path = `/api/v2/delete?org=${encodeURIComponent(org)}&bucket=${encodeURIComponent(bucket)}`;
    const time = { start: new Date(0).toISOString(), stop: oldestKept(now(), rawMonths).toISOString() };
    const body = JSON.stringify({ ...time, predicate: `_measurement="${measurements.interval}"` });
    const headers = { 'content-type': 'application/json' };
    try {
      await influx.transport.request(path, body, { method: 'POST', headers });
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode !== NOT_FOUND) throw error;
    }
  }
}

function lineOf(resolution: Resolution, { portId, startsAt, inOctets, outOctets, seconds }: PortPoint): string {
  const fields = `in=${inOctets}i,out=${outOctets}i,seconds=${seconds}i`;
  return `${measurements[resolution]},port=${portId} ${fields} ${startsAt.getTime()}`;
}
