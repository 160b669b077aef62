import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TrafficPoint } from './traffic.js';
import { folded, graphPoints, totalOf } from './traffic-points.js';

const points = suite('[NET-02] the points of a traffic graph');

function at(clock: string, inOctets: number, seconds = 300): TrafficPoint {
  return { startsAt: new Date(`2026-11-21T${clock}:00Z`), inOctets, outOctets: inOctets * 2, seconds };
}
const span = (from: string, to: string) => ({
  from: new Date(`2026-11-21T${from}Z`),
  to: new Date(`2026-11-21T${to}Z`),
});

points('sums of a quarter of an hour take in what starts in it, in any order, and stay exact', () => {
  const sums = folded([at('10:10', 3), at('10:15', 9_007_199_254), at('10:00', 1), at('10:05', 2, 100)], 900);
  assert.equal(sums, [at('10:00', 6, 700), at('10:15', 9_007_199_254)]);
});

points('an average counts the time that was measured, not the time that passed', () => {
  const sums = folded([at('10:00', 300, 300), at('10:05', 300, 100)], 900);
  const [point] = graphPoints(sums, span('10:00', '10:15'), 900);
  assert.equal(point, { startsAt: at('10:00', 0).startsAt, inBits: 12, outBits: 24 });
});

points('a step without anything measured is unknown, and one with nothing sent is zero', () => {
  const drawn = graphPoints([at('10:00', 0), at('10:10', 75)], span('10:00', '10:20'), 300);
  assert.equal(
    drawn.map(({ inBits }) => inBits),
    [0, null, 2, null],
  );
  const [nothing] = graphPoints([at('10:00', 0, 0)], span('10:00', '10:05'), 300);
  assert.is(nothing?.inBits, null);
});

points('the first step is the one that the span begins in', () => {
  const [first] = graphPoints([at('10:00', 300)], span('10:07', '10:20'), 900);
  assert.equal(first?.startsAt, at('10:00', 0).startsAt);
});

points('totals are sums, to the octet', () => {
  assert.equal(totalOf([at('10:00', 1), at('10:05', 2, 7)]), { inOctets: 3, outOctets: 6, seconds: 307 });
  assert.equal(totalOf([]), { inOctets: 0, outOctets: 0, seconds: 0 });
});

points.run();
