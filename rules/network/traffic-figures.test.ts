import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { figuresOf } from './traffic-figures.js';
import { TrafficTally } from './traffic-tally.js';

const figures = suite('[NET-02] what stands below a traffic graph');

const at = (text: string) => new Date(`2026-11-${text}:00Z`);
const span = (from: string, to: string) => ({ from: at(from), to: at(to) });
const point = (start: string, octets: number, seconds = 300) => ({
  startsAt: at(start),
  inOctets: octets,
  outOctets: octets * 2,
  seconds,
});

function tallied(held: ReturnType<typeof span>, points: ReturnType<typeof point>[], now: Date) {
  const tally = new TrafficTally();
  tally.add(held, points);
  return figuresOf(points, tally.figures(now), [held], now);
}

figures(
  'averages are of the measured time, totals to the octet, the greater percentile is the one of contracts',
  () => {
    const held = span('21T10:00', '21T10:20');
    const told = tallied(held, [point('21T10:00', 300), point('21T10:10', 600, 150)], at('22T00:00'));
    assert.equal(told.average, { in: 16, out: 32 });
    assert.equal(told.total, { in: 900, out: 1_800 });
    assert.equal([told.max, told.percentile, told.greater], [{ in: 32, out: 64 }, { in: 32, out: 64 }, 64]);
    assert.equal(told.coverage, 450 / 1_200);
    assert.is(told.gaps.length, 2);
    assert.is(told.now, undefined);
  },
);

figures('the present is the newest interval, if it is new', () => {
  const held = span('21T10:00', '21T10:20');
  const points = [point('21T10:00', 300), point('21T10:05', 600)];
  assert.equal(tallied(held, points, at('21T10:20')).now, { in: 16, out: 32 });
  assert.is(tallied(held, points, at('21T10:25')).now, undefined);
});

figures('what is on its way lowers the coverage of nobody', () => {
  const held = span('21T10:00', '21T10:20');
  const points = ['21T10:00', '21T10:05', '21T10:10'].map((start) => point(start, 1));
  assert.is(tallied(held, points, at('21T10:20')).coverage, 1);
});

figures('where intervals are no longer kept, it is said since when they are, and nothing before is a gap', () => {
  const held = span('10T00:00', '21T00:00');
  const tally = new TrafficTally();
  tally.add(held, [point('20T23:50', 300)]);
  const days = [point('10T00:00', 9_000, 86_400), point('20T00:00', 300)];
  const told = figuresOf(days, tally.figures(at('22T00:00')), [held], at('22T00:00'));
  assert.equal(told.finestSince, at('20T23:50'));
  assert.equal(told.gaps, [span('20T23:55', '21T00:00')]);
  assert.equal(told.total.in, 9_300);
  const none = figuresOf(days, new TrafficTally().figures(at('22T00:00')), [held], at('22T00:00'));
  assert.equal([none.finestSince, none.max], [held.to, undefined]);
});

figures('nothing measured is nothing known, and no division by it', () => {
  const told = tallied(span('21T10:00', '21T10:20'), [], at('22T00:00'));
  assert.equal([told.average, told.max, told.greater, told.coverage], [undefined, undefined, undefined, 0]);
  assert.is(figuresOf([], new TrafficTally().figures(at('22T00:00')), [], at('22T00:00')).coverage, 0);
});

figures.run();
