/** Traffic is kept in whole intervals of so many seconds, aligned to the hour: what hosting contracts count by. */
export const INTERVAL_SECONDS = 300;

export type Resolution = 'interval' | 'hour' | 'day';

/** How many seconds a point of each resolution stands for. Days are those of UTC. */
export const secondsOf: Readonly<Record<Resolution, number>> = {
  interval: INTERVAL_SECONDS,
  hour: 3_600,
  day: 86_400,
};

/** What was counted from `startsAt` on, named from the customer's side: in is what reaches the server. */
export interface TrafficPoint {
  readonly startsAt: Date;
  readonly inOctets: number;
  readonly outOctets: number;
  /** How many of its seconds were measured; the rest is unknown, not zero. */
  readonly seconds: number;
}

/** Traffic of one switch port in one whole five-minute interval. */
export interface TrafficInterval extends TrafficPoint {
  readonly portId: string;
}

/** The start of the point that an instant falls into. */
export function startOf(resolution: Resolution, at: Date): Date {
  const length = secondsOf[resolution] * 1_000;
  return new Date(Math.floor(at.getTime() / length) * length);
}
