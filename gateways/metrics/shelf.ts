import { faultOf, type Span, touchedSpans, withoutDuplicates } from '../../rules/network/rollups.js';
import type { Resolution, TrafficInterval, TrafficPoint } from '../../rules/network/traffic.js';
import { MetricsRefused, type MetricsStore } from './metrics-store.js';

export interface PortPoint extends TrafficPoint {
  readonly portId: string;
}

/** What a store must be able to do; the rest is the same for all of them. */
export interface Shelf {
  /** Keeps them all, in the place of what stood there; the points are of different ports or times. */
  put(resolution: Resolution, points: readonly PortPoint[]): Promise<void>;
  /** For each hour (or day) of the span that holds anything, the sum of the intervals (or hours) that stand in it. */
  sums(resolution: 'hour' | 'day', span: Span): Promise<readonly PortPoint[]>;
}

export interface ShelfRoom extends Omit<MetricsStore, 'write'> {
  /** Does the work while nobody else writes, and as one transaction where the store has such. */
  inTurn(work: (shelf: Shelf) => Promise<void>, intervals: readonly TrafficInterval[]): Promise<void>;
}

/**
 * A metrics store over any shelf, from the oldest interval that is kept on. Hours are summed anew from their intervals, days
 * from their hours, so that late ones count.
 */
export function createMetricsStore({ inTurn, ...room }: ShelfRoom, oldest: () => Date): MetricsStore {
  return {
    ...room,
    async write(intervals) {
      insistOnSound(intervals, oldest());
      const each = withoutDuplicates(intervals);
      if (each.length > 0) await inTurn((shelf) => keep(shelf, each), each);
    },
  };
}

async function keep(shelf: Shelf, intervals: readonly TrafficInterval[]): Promise<void> {
  await shelf.put('interval', intervals);
  for (const resolution of ['hour', 'day'] as const) {
    for (const span of touchedSpans(intervals, resolution)) {
      await shelf.put(resolution, await shelf.sums(resolution, span));
    }
  }
}

function insistOnSound(intervals: readonly TrafficInterval[], oldest: Date): void {
  for (const interval of intervals) {
    const closed = interval.startsAt < oldest ? `its hour is closed since ${oldest.toISOString()}` : undefined;
    const fault = faultOf(interval) ?? closed;
    if (fault) throw new MetricsRefused(`port ${interval.portId}, ${+interval.startsAt}: ${fault}`);
  }
}
