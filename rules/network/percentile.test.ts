import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { billedRate, coverage, percentile95, pooled, ratesOf } from './percentile.js';
import type { TrafficPoint } from './traffic.js';

const percentile = suite('[NET-01] 95th percentile');
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const start = Date.parse('2027-03-01T00:00Z');
const nth = (index: number) => new Date(start + index * 300_000);
/** An interval of so many megabits a second in and out. */
const interval = (index: number, inMbit: number, outMbit: number, seconds = 300): TrafficPoint => ({
  startsAt: nth(index),
  inOctets: (inMbit * 1_000_000 * seconds) / 8,
  outOctets: (outMbit * 1_000_000 * seconds) / 8,
  seconds,
});

const cases: readonly [string, readonly number[], number | undefined][] = [
  ['nothing measured bills nothing', [], undefined],
  ['one sample is itself', [7], 7],
  ['of nineteen none is dropped', upTo(19), 19],
  ['of twenty the highest is dropped', upTo(20), 19],
  ['of thirty-nine still one', upTo(39), 38],
  ['of a hundred five are dropped', upTo(100), 95],
  ['of a month of 30 days (8,640) the top 432 are dropped', upTo(8_640), 8_208],
  ['of a month of 31 days (8,928) the top 446 are dropped', upTo(8_928), 8_482],
  ['equal samples are all the same', Array(50).fill(3), 3],
  ['a burst in 5 % of the time is free', [...Array(95).fill(10), ...Array(5).fill(1_000)], 10],
  ['a burst in 6 % of the time is not', [...Array(94).fill(10), ...Array(6).fill(1_000)], 1_000],
  ['it is a sample, never between two', [...Array(19).fill(1), 2, 2], 2],
];
for (const [name, samples, expected] of cases) {
  percentile(name, () => assert.is(percentile95(samples), expected));
}

percentile('the order in which samples come changes nothing', () => {
  const samples = fc.array(fc.nat(), { minLength: 1 });
  const shuffled = samples.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  fc.assert(fc.property(shuffled, ([list, mixed]) => assert.is(percentile95(mixed), percentile95(list))));
});

percentile('at most one sample in twenty stands above it', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1 }), (list) => {
      const value = percentile95(list) ?? -1;
      assert.ok(list.filter((sample) => sample > value).length * 20 <= list.length);
    }),
  );
});

percentile('a gap is unknown and not zero: it pulls nothing down', () => {
  const known = upTo(20).map((index) => interval(index, 100, 50));
  const gap = upTo(20).map((index) => interval(index + 20, 0, 0, 0));
  assert.is(billedRate(ratesOf([...known, ...gap]), 'in'), 100_000_000);
  assert.equal(coverage(ratesOf([...known, ...gap]), nth(1), nth(41)), { samples: 20, gaps: 20 });
});

percentile('a rate is of the seconds that were measured; too few of them are a gap', () => {
  assert.equal(
    ratesOf([interval(0, 80, 8, 150), interval(1, 80, 8, 149)]).map(({ inBits }) => inBits),
    [80_000_000],
  );
});

const sides = upTo(40).map((index) => interval(index, index, 41 - index));
for (const [basis, expected] of [
  ['in', 38_000_000],
  ['out', 38_000_000],
  ['greater', 38_000_000],
  ['sum', 41_000_000],
] as const) {
  percentile(`by ${basis}`, () => assert.is(billedRate(ratesOf(sides), basis), expected));
}

percentile('the greater side is found after the percentile, not in each interval', () => {
  const outward = upTo(20).map((index) => interval(index, 10, index === 1 ? 500 : 20));
  assert.is(billedRate(ratesOf(outward), 'greater'), 20_000_000);
});

percentile('ports are added interval by interval first: bursts at different times do not add up', () => {
  const day = upTo(20).map((index) => interval(index, index <= 10 ? 100 : 0, 0));
  const night = upTo(20).map((index) => interval(index, index <= 10 ? 0 : 100, 0));
  assert.is(billedRate(pooled([ratesOf(day), ratesOf(night)]), 'in'), 100_000_000);
});

percentile('where one port of several is unknown, the others count', () => {
  const both = pooled([ratesOf([interval(1, 5, 1), interval(0, 3, 1)]), ratesOf([interval(0, 4, 1)])]);
  assert.equal(
    both.map(({ startsAt, inBits }) => [startsAt, inBits]),
    [
      [nth(0), 7_000_000],
      [nth(1), 5_000_000],
    ],
  );
});

percentile.run();
