import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Reading } from './counters.js';
import { percentile95, ratesOf } from './percentile.js';
import { abandoned, advance, type Outcome, type PortMemory } from './port-memory.js';
import type { TrafficPoint } from './traffic.js';

const intervals = suite('[NET-01] intervals of a port');
const midnight = Date.parse('2027-03-01T00:00Z');

interface Said {
  /** By our clock, in seconds after midnight. */
  readonly at: number;
  readonly octets: number;
  /** By the device's clock; ours, where it is not said. */
  readonly up?: number;
  readonly identity?: string;
}

function readingOf({ at, octets, up = at }: Said): Reading {
  const count = BigInt(octets);
  const [upTicks, came] = [(up + 1_000) * 100, new Date(midnight + at * 1_000)];
  return { at: came, upTicks, bits: 64, inOctets: count, outOctets: count * 2n };
}

/** A poller that hears all of this, in this order. */
function heard(said: readonly Said[], from?: PortMemory) {
  const outcomes: Outcome[] = [];
  const points: TrafficPoint[] = [];
  let memory = from;
  for (const each of said) {
    const seen = { identity: each.identity ?? 'Gi0/1', reading: readingOf(each), speedMbit: 10_000 };
    const step = advance(memory, seen);
    memory = step.memory;
    outcomes.push(step.outcome);
    points.push(...step.finished);
  }
  return { memory, outcomes, points, shown: points.map(shown) };
}
const shown = ({ startsAt, inOctets, seconds }: TrafficPoint) => [
  (startsAt.getTime() - midnight) / 1_000,
  inOctets,
  seconds,
];
/** One reading each so many seconds, 1,000 octets a second. */
const steady = (from: number, to: number, every = 60): Said[] =>
  Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, index) => {
    const at = from + index * every;
    return { at, octets: at * 1_000 };
  });

intervals('minutes become five minutes by the seconds that lie in each', () => {
  const { shown } = heard(steady(30, 990));
  assert.equal(shown, [
    [0, 270_000, 270],
    [300, 300_000, 300],
    [600, 300_000, 300],
  ]);
});

intervals('no octet is lost or made, whatever the minutes bring', () => {
  const steps = fc.array(fc.record({ pause: fc.integer({ min: 1, max: 600 }), octets: fc.nat(50_000_000) }), {
    minLength: 3,
    maxLength: 60,
  });
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 900 }), (list, offset) => {
      const said: Said[] = [{ at: offset, octets: 0 }];
      for (const { pause, octets } of list) {
        const last = said.at(-1) as Said;
        said.push({ at: last.at + pause, octets: last.octets + octets });
      }
      const { points, memory } = heard(said);
      const all = [...points, ...(memory?.open ? [{ ...memory.open, seconds: 0 }] : [])];
      const sum = (of: (point: TrafficPoint) => number) => all.reduce((total, point) => total + of(point), 0);
      assert.is(
        sum(({ inOctets }) => inOctets),
        said.at(-1)?.octets,
      );
      assert.is(
        sum(({ outOctets }) => outOctets),
        (said.at(-1)?.octets ?? 0) * 2,
      );
    }),
  );
});

intervals('a few lost minutes are spread; more than ten are unknown', () => {
  const { outcomes, shown } = heard([
    { at: 0, octets: 0 },
    { at: 600, octets: 600_000 },
    { at: 1_201, octets: 9_000_000 },
    { at: 1_501, octets: 9_300_000 },
    { at: 1_801, octets: 9_600_000 },
  ]);
  assert.equal(outcomes, ['first', 'counted', 'gap', 'counted', 'counted']);
  assert.equal(shown, [
    [0, 300_000, 300],
    [300, 300_000, 300],
    [1_200, 299_000, 299],
    [1_500, 300_000, 300],
  ]);
});

intervals('a restarted device makes no spike, and its interval keeps what was counted on both sides', () => {
  const { outcomes, shown } = heard([
    { at: 0, octets: 5_000_000_000 },
    { at: 60, octets: 5_000_060_000 },
    { at: 120, octets: 10_000, up: -990 },
    { at: 180, octets: 70_000, up: -930 },
    { at: 330, octets: 220_000, up: -780 },
  ]);
  assert.equal(outcomes, ['first', 'counted', 'restarted', 'counted', 'counted']);
  assert.equal(shown, [[0, 60_000 + 60_000 + 120_000, 240]]);
});

intervals('another interface in its place tells nothing of what passed before', () => {
  const { outcomes } = heard([
    { at: 0, octets: 0 },
    { at: 60, octets: 900, identity: 'Gi0/2' },
    { at: 120, octets: 1_000, identity: 'Gi0/2' },
  ]);
  assert.equal(outcomes, ['first', 'other_interface', 'counted']);
});

intervals('what comes twice or out of order changes nothing', () => {
  const said = steady(0, 900);
  const mixed = said.flatMap((each, index) => [each, each, said[Math.max(0, index - 2)] as Said]);
  assert.equal(heard(mixed).points, heard(said).points);
});

intervals('a slow answer does not bend the rate: the device says when it counted', () => {
  const said = steady(0, 900).map((each, index) => ({ ...each, up: each.at, at: each.at + (index % 3 === 1 ? 4 : 0) }));
  for (const { inOctets, seconds } of heard(said).points) {
    assert.ok(Math.abs(inOctets / seconds - 1_000) < 12, `${inOctets / seconds}`);
  }
});

for (const [name, jump] of [
  ['an hour back', -3_600],
  ['a day ahead', 86_400],
] as const) {
  intervals(`our clock jumps ${name}: the minute of the jump is unknown, the rest goes on`, () => {
    const said = steady(7_200, 9_000).map((each) => ({
      ...each,
      up: each.at,
      at: each.at + (each.at > 8_000 ? jump : 0),
    }));
    const { outcomes, points } = heard(said);
    assert.equal(
      outcomes.filter((outcome) => outcome !== 'counted'),
      ['first', 'clock_jumped'],
    );
    for (const { inOctets, seconds } of points) assert.is(Math.round(inOctets / seconds), 1_000);
  });
}

intervals('whoever takes over goes on where the last one was, and nothing is missing', () => {
  const said = steady(0, 1_800);
  const first = heard(said.slice(0, 13));
  const second = heard(
    said.slice(15).map((each) => ({ ...each, at: each.at + 1, up: each.at })),
    first.memory,
  );
  const moved = [...first.points, ...second.points];
  assert.equal(
    moved.map(({ startsAt }) => (startsAt.getTime() - midnight) / 1_000),
    [0, 300, 600, 900, 1_200, 1_500],
  );
  for (const { inOctets, seconds } of moved) assert.ok(Math.abs(inOctets / seconds - 1_000) < 10, 'by 1 % at most');
});

intervals('two who read one port at once, each at moments of their own, bill the same', () => {
  const octetsAt = (at: number) => Math.floor(at * 1_000 + 400_000 * Math.sin(at / 3_000));
  const read = (offset: number) => steady(offset, 86_400).map(({ at }) => ({ at, octets: octetsAt(at) + 1_000_000 }));
  const billed = (points: readonly TrafficPoint[]) => percentile95(ratesOf(points).map(({ inBits }) => inBits)) ?? 0;
  const one = heard(read(7)).points;
  const other = heard(read(41)).points;
  const both = new Map([...one, ...other].map((point) => [point.startsAt.getTime(), point]));
  assert.ok(Math.abs(billed([...both.values()]) / billed(one) - 1) < 1e-3);
});

intervals('a port that is not read any more leaves what was seen of its interval, once', () => {
  const { memory } = heard(steady(0, 120));
  if (!memory) throw new Error('nothing was heard');
  const soon = abandoned(memory, new Date(midnight + 700_000));
  assert.equal(soon.finished, []);
  const late = abandoned(soon.memory, new Date(midnight + 721_000));
  assert.equal(late.finished.map(shown), [[0, 120_000, 120]]);
  assert.equal(abandoned(late.memory, new Date(midnight + 900_000)).finished, []);
});

intervals.run();
