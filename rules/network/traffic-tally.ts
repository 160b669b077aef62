import { percentile95, ratesOf } from './percentile.js';
import { INTERVAL_SECONDS, type TrafficPoint } from './traffic.js';
import type { Span } from './traffic-window.js';

/** Both directions, in bits a second. */
export interface Both {
  readonly in: number;
  readonly out: number;
}

export interface TallyFigures {
  /** The highest five-minute rates; nothing where nothing was measured. */
  readonly max: Both | undefined;
  /** The 95th percentile of each direction's five-minute rates. */
  readonly percentile: Both | undefined;
  /** The last interval that was measured. */
  readonly last: (Both & { readonly startsAt: Date }) | undefined;
  /** How many intervals the percentile is taken from. */
  readonly samples: number;
  /** Where nothing is known, in ascending order. */
  readonly gaps: readonly Span[];
  /** What is too young to be a gap: it may still come in. */
  readonly pending: readonly Span[];
  /** When the first measured interval begins. */
  readonly since: Date | undefined;
}

/** What comes in within this time is on its way; it is no gap yet. */
const SETTLED_AFTER_MS = 2 * INTERVAL_SECONDS * 1_000;

/**
 * Counts five-minute intervals as they are read, a part of the time after the other in ascending order. It keeps rates
 * alone, so that a year of them is a few megabytes.
 */
export class TrafficTally {
  private readonly incoming: number[] = [];
  private readonly outgoing: number[] = [];
  private readonly gaps: Span[] = [];
  private last: TallyFigures['last'];
  private since: Date | undefined;

  /** All the intervals of a span in which a port was somebody's, in ascending order. */
  add({ from, to }: Span, intervals: readonly TrafficPoint[]): void {
    let expected = from;
    for (const { startsAt, inBits, outBits } of ratesOf(intervals)) {
      this.incoming.push(inBits);
      this.outgoing.push(outBits);
      this.miss(expected, startsAt);
      expected = new Date(startsAt.getTime() + INTERVAL_SECONDS * 1_000);
      this.last = { startsAt, in: inBits, out: outBits };
      this.since ??= startsAt;
    }
    this.miss(expected, to);
  }

  figures(now: Date): TallyFigures {
    const { incoming, outgoing, last, since } = this;
    const [inRate, outRate] = [percentile95(incoming), percentile95(outgoing)];
    return {
      max: last && { in: greatest(incoming), out: greatest(outgoing) },
      percentile: inRate === undefined || outRate === undefined ? undefined : { in: inRate, out: outRate },
      last,
      samples: incoming.length,
      gaps: this.gaps.filter((gap) => isSettled(gap, now)),
      pending: this.gaps.filter((gap) => !isSettled(gap, now)),
      since,
    };
  }

  private miss(from: Date, to: Date): void {
    if (from >= to) return;
    const before = this.gaps.at(-1);
    if (before?.to.getTime() === from.getTime()) this.gaps[this.gaps.length - 1] = { from: before.from, to };
    else this.gaps.push({ from, to });
  }
}

function isSettled({ from }: Span, now: Date): boolean {
  return now.getTime() - from.getTime() > SETTLED_AFTER_MS;
}

/** `Math.max` takes no year of arguments. */
function greatest(rates: readonly number[]): number {
  return rates.reduce((max, rate) => Math.max(max, rate), 0);
}
