import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { totalOf } from '../../rules/network/traffic-points.js';
import { failureOf } from '../../tests/support/failure.js';
import { KeptTraffic, steadily } from '../../tests/support/kept-traffic.js';
import { MetricsUnreachable } from './metrics-store.js';
import { patient, readFigures, readIntervals, readSums } from './traffic-reading.js';

const reading = suite('[NET-02] reading traffic for a graph');
const at = (text: string) => new Date(`2026-${text}Z`);

const everything = { from: at('01-01T00:00'), to: at('03-01T00:00') };
let store: KeptTraffic;

reading.before.each(async () => {
  store = new KeptTraffic();
  await store.write(steadily('p', everything, 800, 1_600));
});

reading('a graph of days takes kept sums, and is exact where it begins and ends in the middle of one', async () => {
  const span = { portId: 'p', from: at('01-10T10:25'), to: at('02-10T09:10') };
  const sums = await readSums(store, [span], { seconds: 86_400, resolution: 'day' });
  const intervals = (span.to.getTime() - span.from.getTime()) / 300_000;
  const octets = { inOctets: intervals * 30_000, outOctets: intervals * 60_000, seconds: intervals * 300 };
  assert.equal(totalOf(sums), octets);
  assert.is(sums.length, 32);
  assert.equal(
    store.asked.map(({ resolution }) => resolution),
    ['interval', 'hour', 'day', 'hour', 'interval'],
  );
});

reading('five-minute intervals are held a month at a time, however long the time asked for', async () => {
  const lengths: number[] = [];
  for await (const { intervals } of readIntervals(store, [{ portId: 'p', ...everything }]))
    lengths.push(intervals.length);
  assert.equal(lengths, [31 * 288, 28 * 288]);
});

reading('figures are those of the ports of each time', async () => {
  const peak = { from: at('02-01T00:00'), to: at('02-02T00:00') };
  await store.write(steadily('q', peak, 8_000, 80));
  const spans = [
    { portId: 'p', from: at('01-31T00:00'), to: at('02-01T00:00') },
    { portId: 'q', ...peak },
  ];
  const { max, percentile, samples, gaps } = await readFigures(store, spans, at('03-01T00:00'));
  assert.equal(
    [max, percentile],
    [
      { in: 8_000, out: 1_600 },
      { in: 8_000, out: 1_600 },
    ],
  );
  assert.equal([samples, gaps], [576, []]);
});

reading('a silent store is not waited for', async () => {
  const question = { portId: 'p', ...everything, resolution: 'day' } as const;
  const silent = { traffic: () => new Promise<never>(() => {}) };
  assert.instance(await failureOf(patient(silent, 5).traffic(question)), MetricsUnreachable);
  assert.is((await patient(store, 60_000).traffic(question)).length, 59);
});

reading.run();
