import type { TrafficPoint } from './traffic.js';
import { floored } from './traffic-steps.js';
import type { Span } from './traffic-window.js';

/** One point of a graph: average rates in bits a second of the time that was measured; unknown where nothing was. */
export interface GraphPoint {
  readonly startsAt: Date;
  readonly inBits: number | null;
  readonly outBits: number | null;
}

/** Sums of a fixed number of seconds each, whatever finer points they come from; octets stay exact. In ascending order. */
export function folded(points: readonly TrafficPoint[], seconds: number): TrafficPoint[] {
  const sums = new Map<number, TrafficPoint>();
  for (const point of points) {
    const startsAt = floored(point.startsAt, seconds);
    sums.set(startsAt.getTime(), added(sums.get(startsAt.getTime()), { ...point, startsAt }));
  }
  return [...sums.values()].sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

/** Every point that a graph of the span has, in even steps; a step in which nothing was measured is a gap, never zero. */
export function graphPoints(sums: readonly TrafficPoint[], { from, to }: Span, seconds: number): GraphPoint[] {
  const known = new Map(sums.map((sum) => [sum.startsAt.getTime(), sum]));
  const points: GraphPoint[] = [];
  for (let at = floored(from, seconds).getTime(); at < to.getTime(); at += seconds * 1_000) {
    const sum = known.get(at);
    const rate = (octets: number | undefined) =>
      sum && octets !== undefined ? bitsPerSecond(octets, sum.seconds) : null;
    points.push({ startsAt: new Date(at), inBits: rate(sum?.inOctets), outBits: rate(sum?.outOctets) });
  }
  return points;
}

/** All of them together; the average of a graph is this sum by its measured time, not an average of averages. */
export function totalOf(points: readonly TrafficPoint[]): Omit<TrafficPoint, 'startsAt'> {
  return points.reduce<Omit<TrafficPoint, 'startsAt'>>(
    (sum, { inOctets, outOctets, seconds }) => ({
      inOctets: sum.inOctets + inOctets,
      outOctets: sum.outOctets + outOctets,
      seconds: sum.seconds + seconds,
    }),
    { inOctets: 0, outOctets: 0, seconds: 0 },
  );
}

export function bitsPerSecond(octets: number, seconds: number): number | null {
  return seconds > 0 ? (octets * 8) / seconds : null;
}

function added(sum: TrafficPoint | undefined, point: TrafficPoint): TrafficPoint {
  if (!sum) return point;
  return { startsAt: sum.startsAt, ...totalOf([sum, point]) };
}
