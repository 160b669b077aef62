import { randomUUID } from 'node:crypto';
import { Model } from 'objection';
import { suite, type Test } from 'uvu';
import * as assert from 'uvu/assert';
import { influxPrograms } from '../../dev/influx/program.js';
import { type RunningInflux, startInflux } from '../../dev/influx/server.js';
import { createInfluxMetrics } from '../../gateways/metrics/influx.js';
import {
  MetricsRefused,
  type MetricsStore,
  MetricsUnreachable,
  type Resolution,
  type TrafficInterval,
} from '../../gateways/metrics/metrics-store.js';
import { createPostgresMetrics } from '../../gateways/metrics/postgres.js';
import { connect } from '../../models/connection.js';
import { openDatabase } from '../support/database.js';
import { failureOf } from '../support/failure.js';
import { suiteUnless } from '../support/skipping.js';

const now = () => new Date('2027-03-11T10:00Z');
const rawMonths = 13;
const MINUTES = 60_000;

interface Place {
  open(): Promise<MetricsStore>;
  /** The same store where nobody answers. */
  away(): MetricsStore;
  close(): Promise<void>;
}

/** What any store must do, run against each that there is. */
function contract(tests: Test, place: Place): void {
  let store: MetricsStore;
  let portId: string;

  const interval = (time: string, differing: Partial<TrafficInterval> = {}): TrafficInterval => ({
    portId,
    startsAt: new Date(time),
    inOctets: 1_000,
    outOctets: 200,
    seconds: 300,
    ...differing,
  });
  const all = (resolution: Resolution, of = portId) =>
    store.traffic({ portId: of, from: new Date('2026-01-01'), to: new Date('2028-01-01'), resolution });
  const sumsOf = async (resolution: Resolution) =>
    (await all(resolution)).map(({ inOctets, outOctets, seconds }) => [inOctets, outOctets, seconds]);

  tests.before(async () => {
    store = await place.open();
  });
  tests.before.each(() => {
    portId = randomUUID();
  });
  tests.after(async () => {
    await store.close();
    await place.close();
  });

  tests('[NET-01] gives back what it was given, in order of time', async () => {
    await store.write([interval('2027-03-01T10:05Z', { inOctets: 7 }), interval('2027-03-01T10:00Z')]);
    assert.equal(await all('interval'), [
      { startsAt: new Date('2027-03-01T10:00Z'), inOctets: 1_000, outOctets: 200, seconds: 300 },
      { startsAt: new Date('2027-03-01T10:05Z'), inOctets: 7, outOctets: 200, seconds: 300 },
    ]);
  });

  tests('[NET-01] asked for a time, the start belongs to it and the end does not', async () => {
    await store.write(['10:00', '10:05', '10:10'].map((time) => interval(`2027-03-01T${time}Z`)));
    const [from, to] = [new Date('2027-03-01T10:05Z'), new Date('2027-03-01T10:10Z')];
    const found = await store.traffic({ portId, from, to, resolution: 'interval' });
    assert.equal(
      found.map(({ startsAt }) => startsAt),
      [from],
    );
  });

  tests('[NET-01] where nothing was measured there is no point, and a measured nothing is one', async () => {
    await store.write([interval('2027-03-01T10:00Z', { inOctets: 0, outOctets: 0 })]);
    assert.equal(await sumsOf('interval'), [[0, 0, 300]]);
    assert.equal(await all('interval', randomUUID()), []);
  });

  tests('[NET-01] the same interval again replaces what was kept, sums and all', async () => {
    await store.write([interval('2027-03-01T10:00Z'), interval('2027-03-01T10:05Z')]);
    await store.write([interval('2027-03-01T10:05Z', { inOctets: 5, seconds: 120 })]);
    await store.write([interval('2027-03-01T10:05Z', { inOctets: 5, seconds: 120 })]);
    assert.equal(await sumsOf('interval'), [
      [1_000, 200, 300],
      [5, 200, 120],
    ]);
    for (const resolution of ['hour', 'day'] as const) {
      assert.equal(await sumsOf(resolution), [[1_005, 400, 420]], resolution);
    }
  });

  tests('[NET-01] the same interval twice in one writing counts once, as it was given last', async () => {
    await store.write([interval('2027-03-01T10:00Z'), interval('2027-03-01T10:00Z', { inOctets: 3 })]);
    assert.equal(await sumsOf('day'), [[3, 200, 300]]);
  });

  tests('[NET-01] late intervals find their hour and their day, in whatever order they come', async () => {
    const times = Array.from(
      { length: 30 },
      (_, index) => new Date(Date.parse('2027-02-28T22:30Z') + index * 5 * MINUTES),
    );
    const intervals = times.map((startsAt, index) => interval('', { startsAt, inOctets: index }));
    await store.write(intervals.filter((_, index) => index % 2 === 1).reverse());
    await store.write(intervals.filter((_, index) => index % 2 === 0));
    const sums = async (resolution: Resolution) =>
      (await all(resolution)).map(({ startsAt, inOctets }) => [startsAt.toISOString().slice(5, 13), inOctets]);
    assert.equal(await sums('hour'), [
      ['02-28T22', 15],
      ['02-28T23', 138],
      ['03-01T00', 282],
    ]);
    assert.equal(await sums('day'), [
      ['02-28T00', 153],
      ['03-01T00', 282],
    ]);
  });

  tests('[NET-01] sums are exact to the octet above what 32 bits hold', async () => {
    const most = (400_000_000_000 / 8) * 300; // a port of 400 Gbit/s, filled
    const times = Array.from(
      { length: 288 },
      (_, index) => new Date(Date.parse('2027-03-01T00:00Z') + index * 5 * MINUTES),
    );
    await store.write(times.map((startsAt) => interval('', { startsAt, inOctets: most + 1 })));
    assert.equal(await sumsOf('day'), [[288 * (most + 1), 288 * 200, 86_400]]);
  });

  tests('[NET-01] ports do not mix', async () => {
    const other = randomUUID();
    await store.write([interval('2027-03-01T10:00Z'), interval('2027-03-01T10:00Z', { portId: other, inOctets: 1 })]);
    assert.equal(await sumsOf('hour'), [[1_000, 200, 300]]);
    assert.equal(
      (await all('hour', other)).map(({ inOctets }) => inOctets),
      [1],
    );
  });

  tests('[NET-01] two who write into one hour at once both count', async () => {
    const times = ['10:00', '10:05', '10:10', '10:15', '10:20', '10:25'];
    await Promise.all(times.map((time) => store.write([interval(`2027-03-01T${time}Z`)])));
    assert.equal(await sumsOf('hour'), [[6_000, 1_200, 1_800]]);
  });

  tests('[NET-01] one unsound interval and nothing of its batch is kept', async () => {
    const unsound = [
      { inOctets: -1 },
      { outOctets: 0.5 },
      { seconds: 301 },
      { startsAt: new Date('2027-03-01T10:01Z') },
    ];
    for (const differing of unsound) {
      const failure = await failureOf(
        store.write([interval('2027-03-01T10:00Z'), interval('2027-03-01T10:05Z', differing)]),
      );
      assert.instance(failure, MetricsRefused);
    }
    assert.equal(await all('interval'), []);
    assert.equal(await all('day'), []);
  });

  tests('[NET-01] what is older than intervals are kept is refused, since its hours are closed', async () => {
    assert.instance(await failureOf(store.write([interval('2026-01-31T23:55Z')])), MetricsRefused);
    await store.write([interval('2026-02-01T00:00Z')]);
    assert.equal(await sumsOf('day'), [[1_000, 200, 300]]);
  });

  tests('[NET-01] a store that is away says so, and nothing is lost by asking again', async () => {
    const away = place.away();
    const question = { portId, from: new Date(0), to: now(), resolution: 'day' } as const;
    assert.instance(await failureOf(away.write([interval('2027-03-01T10:00Z')])), MetricsUnreachable);
    assert.instance(await failureOf(away.traffic(question)), MetricsUnreachable);
    await away.close();
    await store.write([interval('2027-03-01T10:00Z')]);
    assert.equal(await sumsOf('day'), [[1_000, 200, 300]]);
  });

  tests('[NET-01] writing nothing is nothing', async () => {
    await store.write([]);
    assert.equal(await all('day'), []);
  });
}

const postgres = suite('metrics contract, PostgreSQL');
let database: { close: () => Promise<void> };
const nobody = connect('postgres://nobody@127.0.0.1:9/none');
contract(postgres, {
  async open() {
    database = await openDatabase();
    return createPostgresMetrics({ knex: Model.knex(), now, rawMonths });
  },
  away: () => createPostgresMetrics({ knex: nobody, now, rawMonths }),
  async close() {
    await database.close();
    await nobody.destroy();
  },
});
postgres.run();

const programs = await influxPrograms();
const none = programs.length > 0 ? undefined : 'there is no influxd here (npm run build-influxd, or set INFLUXD)';
for (const program of programs.length > 0 ? programs : ['']) {
  const influx = suiteUnless(none, `metrics contract, InfluxDB ${program}`.trim());
  let server: RunningInflux;
  contract(influx, {
    async open() {
      server = await startInflux(program);
      return createInfluxMetrics({ ...server, now, rawMonths });
    },
    away: () => createInfluxMetrics({ ...server, url: 'http://127.0.0.1:9', now, rawMonths }),
    close: () => server.close(),
  });

  influx('[NET-01] a wrong token loses nothing: what was to be written may be written again', async () => {
    const stranger = createInfluxMetrics({ ...server, token: 'x', bucket: 'none/such', now, rawMonths });
    const startsAt = new Date('2027-03-01T10:00Z');
    const interval = { portId: randomUUID(), startsAt, inOctets: 1, outOctets: 1, seconds: 300 };
    assert.instance(await failureOf(stranger.write([interval])), MetricsUnreachable);
  });

  influx('[NET-01] a field of another type is refused for good', async () => {
    const { url, token, org, bucket } = server;
    const portId = randomUUID();
    const startsAt = new Date('2027-03-02T10:00Z');
    const path = `/api/v2/write?precision=ms&org=${org}&bucket=${encodeURIComponent(bucket)}`;
    const body = `traffic_interval,port=${portId} in="text" ${startsAt.getTime()}`;
    const headers = { authorization: `Token ${token}` };
    const other = createInfluxMetrics({ ...server, now, rawMonths });
    assert.ok((await fetch(url + path, { method: 'POST', headers, body })).status >= 400, 'text is no integer');
    const failure = await failureOf(
      other.write([{ portId: 'a b', startsAt, inOctets: 1, outOctets: 1, seconds: 300 }]),
    );
    assert.instance(failure, MetricsRefused);
  });

  influx.run();
}
