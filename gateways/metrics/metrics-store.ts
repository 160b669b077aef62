import type { Resolution, TrafficInterval, TrafficPoint } from '../../rules/network/traffic.js';

export type { Resolution, TrafficInterval, TrafficPoint };

export interface TrafficQuestion {
  readonly portId: string;
  /** Inclusive. */
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** Hours and days are those of UTC, and the exact sums of their intervals. */
  readonly resolution: Resolution;
}

/**
 * Where traffic is kept. Every call may throw `MetricsUnreachable` (try again) or `MetricsRefused` (a person must
 * look).
 */
export interface MetricsStore {
  /** Keeps all of them, hours and days included, or throws. The same interval again replaces what was kept. */
  write(intervals: readonly TrafficInterval[]): Promise<void>;
  /** Points that start in the asked time, in ascending order; where nothing was measured there is no point. */
  traffic(question: TrafficQuestion): Promise<readonly TrafficPoint[]>;
  /** Makes room ahead and lets intervals past their time go; hours and days stay. Once a day will do. */
  housekeep(): Promise<void>;
  close(): Promise<void>;
}

export class MetricsUnreachable extends Error {
  override name = 'MetricsUnreachable';
}

export class MetricsRefused extends Error {
  override name = 'MetricsRefused';
}
