import { type Resolution, secondsOf } from './traffic.js';
import type { Span } from './traffic-window.js';

/** What one point of a graph stands for, and from which kept sums it is drawn. */
export interface Step {
  readonly seconds: number;
  readonly resolution: Resolution;
}

const MOST_POINTS = 800;
const finer: Readonly<Partial<Record<Resolution, Resolution>>> = { hour: 'interval', day: 'hour' };

const steps: readonly [Step, ...Step[]] = [
  { seconds: 300, resolution: 'interval' },
  { seconds: 900, resolution: 'interval' },
  { seconds: 3_600, resolution: 'hour' },
  { seconds: 10_800, resolution: 'hour' },
  { seconds: 86_400, resolution: 'day' },
];

/** The finest step at which a span has at most 800 points: more than that no screen can show. */
export function stepFor({ from, to }: Span): Step {
  const seconds = (to.getTime() - from.getTime()) / 1_000;
  return steps.find((step) => seconds / step.seconds <= MOST_POINTS) ?? { seconds: 86_400, resolution: 'day' };
}

export interface Piece extends Span {
  readonly resolution: Resolution;
}

/**
 * A span as pieces that may be read from kept sums without taking in anything outside of it: whole days or hours in the
 * middle, finer ones at the edges. So totals are exact wherever a span or an assignment begins.
 */
export function piecesOf({ from, to }: Span, resolution: Resolution): Piece[] {
  if (from >= to) return [];
  const next = finer[resolution];
  if (!next) return [{ from, to, resolution }];
  const [first, last] = [ceiled(from, secondsOf[resolution]), floored(to, secondsOf[resolution])];
  if (first >= last) return piecesOf({ from, to }, next);
  return [
    ...piecesOf({ from, to: first }, next),
    { from: first, to: last, resolution },
    ...piecesOf({ from: last, to }, next),
  ];
}

/** The last multiple of that many seconds of UTC, not after the instant. */
export function floored(at: Date, seconds: number): Date {
  return new Date(Math.floor(at.getTime() / (seconds * 1_000)) * seconds * 1_000);
}

export function ceiled(at: Date, seconds: number): Date {
  return new Date(Math.ceil(at.getTime() / (seconds * 1_000)) * seconds * 1_000);
}
