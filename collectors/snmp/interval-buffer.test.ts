import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MetricsRefused, MetricsUnreachable } from '../../gateways/metrics/metrics-store.js';
import type { TrafficInterval } from '../../rules/network/traffic.js';
import { IntervalBuffer } from './interval-buffer.js';

const buffers = suite('[NET-01] intervals that wait for their store');
const portId = randomUUID();
const nth = (index: number): TrafficInterval => ({
  portId,
  startsAt: new Date(Date.parse('2027-03-01') + index * 300_000),
  ...{ inOctets: index, outOctets: 0, seconds: 300 },
});
const some = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => nth(from + index));

/** A store that can be away or refuse, and remembers what it was given. */
function aStore() {
  const kept: number[] = [];
  const store = {
    away: false,
    refuses: new Set<number>(),
    kept,
    async write(intervals: readonly TrafficInterval[]) {
      if (store.away) throw new MetricsUnreachable('nobody answers');
      if (intervals.some(({ inOctets }) => store.refuses.has(inOctets))) throw new MetricsRefused('no');
      kept.push(...intervals.map(({ inOctets }) => inOctets));
    },
  };
  return store;
}
const said: string[] = [];
const tell = (_facts: object, message: string) => void said.push(message);
const log = { warn: tell, error: tell, info: tell };
const bufferOf = (store: ReturnType<typeof aStore>, most = 1_000) =>
  new IntervalBuffer({ store, most, batch: 10, log });
const numbers = (from: number, to: number) => some(from, to).map(({ inOctets }) => inOctets);

buffers.before.each(() => {
  said.length = 0;
});

buffers('are written in batches, in their order, once', async () => {
  const store = aStore();
  const buffer = bufferOf(store);
  buffer.add(some(0, 35));
  await Promise.all([buffer.flush(), buffer.flush()]);
  assert.equal(store.kept, numbers(0, 35));
  assert.is(buffer.length, 0);
});

buffers('wait while the store is away and are written late, none twice', async () => {
  const store = aStore();
  const buffer = bufferOf(store);
  store.away = true;
  buffer.add(some(0, 15));
  assert.not(await buffer.flush());
  buffer.add(some(15, 30));
  assert.not(await buffer.flush());
  store.away = false;
  assert.ok(await buffer.flush());
  assert.equal(store.kept, numbers(0, 30));
  assert.equal(said, ['the metrics store is away', 'the metrics store is back']);
});

buffers('beyond the bound the oldest are lost, and it is said', async () => {
  const store = aStore();
  const buffer = bufferOf(store, 20);
  store.away = true;
  buffer.add(some(0, 15));
  await buffer.flush();
  buffer.add(some(15, 27));
  store.away = false;
  await buffer.flush();
  assert.equal(store.kept, numbers(7, 27));
  assert.is(buffer.lost, 7);
  assert.ok(said.includes('too much traffic waits for its store: a gap'));
});

buffers('one that is refused holds up no other', async () => {
  const store = aStore();
  const buffer = bufferOf(store);
  store.refuses.add(3).add(12);
  buffer.add(some(0, 20));
  assert.ok(await buffer.flush());
  assert.equal(
    store.kept.sort((one, other) => one - other),
    numbers(0, 20).filter((number) => number !== 3 && number !== 12),
  );
  assert.is(buffer.lost, 2);
  assert.is(said.filter((message) => message === 'an interval of traffic is refused').length, 2);
});

buffers('what is wrong with the program itself is not swallowed, and loses nothing', async () => {
  const store = aStore();
  const buffer = bufferOf({ ...store, write: () => Promise.reject(new TypeError('a mistake')) });
  buffer.add(some(0, 3));
  await buffer.flush().then(
    () => assert.unreachable(),
    (error) => assert.instance(error, TypeError),
  );
  assert.is(buffer.length, 3);
});

buffers.run();
