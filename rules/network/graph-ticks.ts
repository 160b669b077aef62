import { DateTime, type DateTimeUnit } from 'luxon';
import type { Span } from './traffic-window.js';

export interface Ticks {
  /** What tells one from the next. */
  readonly unit: 'hour' | 'day' | 'month';
  readonly at: readonly Date[];
}

interface Stride {
  readonly unit: 'minute' | 'hour' | 'day' | 'month';
  readonly every: number;
  /** Where counting begins, in the reader's zone. */
  readonly within: DateTimeUnit;
}

const MOST = 9;

const strides: readonly Stride[] = [
  { unit: 'minute', every: 15, within: 'hour' },
  { unit: 'minute', every: 30, within: 'hour' },
  { unit: 'hour', every: 1, within: 'day' },
  { unit: 'hour', every: 3, within: 'day' },
  { unit: 'hour', every: 6, within: 'day' },
  { unit: 'day', every: 1, within: 'day' },
  { unit: 'day', every: 3, within: 'day' },
  { unit: 'day', every: 7, within: 'week' },
  { unit: 'day', every: 14, within: 'week' },
  { unit: 'month', every: 1, within: 'month' },
  { unit: 'month', every: 2, within: 'year' },
];

/** Round times of the reader's clock along a graph, nine at most. Days stay days where the clocks change. */
export function ticksOf(span: Span, timeZone: string): Ticks {
  const found = strides.map((stride) => ({ stride, at: ticksBy(stride, span, timeZone) }));
  const { stride, at } = found.find((each) => each.at.length <= MOST) ?? { stride: { unit: 'month' } as const, at: [] };
  return { unit: stride.unit === 'minute' ? 'hour' : stride.unit, at };
}

function ticksBy({ unit, every, within }: Stride, { from, to }: Span, timeZone: string): Date[] {
  const origin = DateTime.fromJSDate(from, { zone: timeZone }).startOf(within);
  const ticks: Date[] = [];
  for (let step = 0; ticks.length <= MOST; step++) {
    const at = next(origin, unit, step * every);
    if (at.toMillis() > to.getTime()) break;
    if (at.toMillis() >= from.getTime()) ticks.push(at.toJSDate());
  }
  return ticks;
}

/** Hours are read off the clock: after a change of clocks they are round again. */
function next(origin: DateTime, unit: Stride['unit'], amount: number): DateTime {
  if (unit !== 'hour') return origin.plus({ [unit]: amount });
  return origin.plus({ days: Math.floor(amount / 24) }).set({ hour: amount % 24 });
}
