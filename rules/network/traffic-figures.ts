import { INTERVAL_SECONDS, type TrafficPoint } from './traffic.js';
import { bitsPerSecond, totalOf } from './traffic-points.js';
import type { Both, TallyFigures } from './traffic-tally.js';
import type { Span } from './traffic-window.js';

/** What stands below a graph. Rates are in bits a second; what is not known is not there. */
export interface TrafficFigures {
  readonly max: Both | undefined;
  readonly average: Both | undefined;
  /** The newest interval, where the graph reaches to the present and something came in of late. */
  readonly now: Both | undefined;
  readonly percentile: Both | undefined;
  /** The greater of both directions' percentiles, as most contracts bill. */
  readonly greater: number | undefined;
  /** To the octet. */
  readonly total: { readonly in: number; readonly out: number };
  readonly samples: number;
  readonly gaps: readonly Span[];
  /** Measured part of the time that could have been, from 0 to 1. */
  readonly coverage: number;
  /** Where five-minute intervals are kept only from here on: max, percentile and gaps are of that time. */
  readonly finestSince: Date | undefined;
}

const RECENT_MS = 3 * INTERVAL_SECONDS * 1_000;

/** Averages and totals from sums, all else from five-minute intervals. `held` is the time in which a port was somebody's. */
export function figuresOf(
  sums: readonly TrafficPoint[],
  tally: TallyFigures,
  held: readonly Span[],
  now: Date,
): TrafficFigures {
  const { max, percentile, last, samples, gaps, pending } = tally;
  const { inOctets, outOctets, seconds } = totalOf(sums);
  const [inRate, outRate] = [bitsPerSecond(inOctets, seconds), bitsPerSecond(outOctets, seconds)];
  const finestSince = finestFrom(sums, tally, held);
  const expected = lengthOf(held) - lengthOf(pending);
  return {
    max,
    average: inRate === null || outRate === null ? undefined : { in: inRate, out: outRate },
    now: last && now.getTime() - last.startsAt.getTime() <= RECENT_MS ? { in: last.in, out: last.out } : undefined,
    percentile,
    greater: percentile && Math.max(percentile.in, percentile.out),
    total: { in: inOctets, out: outOctets },
    samples,
    gaps: finestSince ? gaps.filter(({ to }) => to > finestSince) : gaps,
    coverage: expected > 0 ? Math.min(1, seconds / expected) : 0,
    finestSince,
  };
}

/** Sums older than every interval say that intervals were kept once, and are no more. */
function finestFrom(sums: readonly TrafficPoint[], { since }: TallyFigures, held: readonly Span[]): Date | undefined {
  const [first, end] = [sums[0], held.at(-1)?.to];
  if (!first || !end) return undefined;
  if (!since) return end;
  return since.getTime() - first.startsAt.getTime() > 86_400_000 ? since : undefined;
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + (to.getTime() - from.getTime()) / 1_000, 0);
}
