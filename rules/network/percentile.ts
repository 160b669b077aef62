import { INTERVAL_SECONDS, type TrafficPoint } from './traffic.js';

/** Rates in one five-minute interval, in bits a second of the time that was measured. */
export interface Rates {
  readonly startsAt: Date;
  readonly inBits: number;
  readonly outBits: number;
}

/**
 * What a contract bills by: one direction, the greater of both directions' percentiles, or both added in each interval.
 */
export type BillingBasis = 'in' | 'out' | 'greater' | 'sum';

/** An interval of which less was seen tells too little of the rest: it is a gap. */
const LEAST_MEASURED_SECONDS = INTERVAL_SECONDS / 2;

/** The samples of a port's five-minute intervals, in their order. A gap gives none: it is unknown, never zero. */
export function ratesOf(intervals: readonly TrafficPoint[]): Rates[] {
  const measured = intervals.filter(({ seconds }) => seconds >= LEAST_MEASURED_SECONDS);
  return measured.map(({ startsAt, inOctets, outOctets, seconds }) => ({
    startsAt,
    inBits: (inOctets * 8) / seconds,
    outBits: (outOctets * 8) / seconds,
  }));
}

/**
 * Several ports as one: their rates are added interval by interval *before* any percentile is taken. In ascending
 * order.
 */
export function pooled(ports: readonly (readonly Rates[])[]): Rates[] {
  const sums = new Map<number, Rates>();
  for (const { startsAt, inBits, outBits } of ports.flat()) {
    const sum = sums.get(startsAt.getTime());
    sums.set(startsAt.getTime(), {
      startsAt,
      inBits: (sum?.inBits ?? 0) + inBits,
      outBits: (sum?.outBits ?? 0) + outBits,
    });
  }
  return [...sums.values()].sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

/** The 95th percentile by nearest rank: sorted, the top 5 % dropped, the next one counts. Nothing without samples. */
export function percentile95(samples: readonly number[]): number | undefined {
  const dropped = Math.floor(samples.length / 20);
  return [...samples].sort((one, other) => one - other)[samples.length - 1 - dropped];
}

/** What is billed of the samples, in bits a second; nothing where nothing was measured. */
export function billedRate(rates: readonly Rates[], basis: BillingBasis): number | undefined {
  if (basis === 'sum') return percentile95(rates.map(({ inBits, outBits }) => inBits + outBits));
  const incoming = percentile95(rates.map(({ inBits }) => inBits));
  const outgoing = percentile95(rates.map(({ outBits }) => outBits));
  if (incoming === undefined || outgoing === undefined) return undefined;
  return { in: incoming, out: outgoing, greater: Math.max(incoming, outgoing) }[basis];
}

/** How many of a period's intervals are known; the period goes from (inclusive) to (exclusive). */
export function coverage(rates: readonly Rates[], from: Date, to: Date): { samples: number; gaps: number } {
  const whole = Math.ceil((to.getTime() - from.getTime()) / (INTERVAL_SECONDS * 1_000));
  const samples = rates.filter(({ startsAt }) => startsAt >= from && startsAt < to).length;
  return { samples, gaps: Math.max(0, whole - samples) };
}
