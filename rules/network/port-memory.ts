import { clocksAgree, elapsedSeconds, passedBetween, type Reading, type Unknown } from './counters.js';
import { INTERVAL_SECONDS, startOf, type TrafficPoint } from './traffic.js';

/** What must be remembered of a port between two readings; whoever reads it next goes on from here. */
export interface PortMemory {
  /** Which interface it was, in the device's own words: another one's counters are not its own. */
  readonly identity: string;
  /** Its time is where the device's clock puts it on ours. */
  readonly reading: Reading;
  /** The interval that is not over yet. */
  readonly open?: OpenInterval;
}

export interface OpenInterval {
  readonly startsAt: Date;
  readonly inOctets: number;
  readonly outOctets: number;
  readonly milliseconds: number;
}

export interface Seen {
  readonly identity: string;
  readonly reading: Reading;
  readonly speedMbit: number;
}

export type Outcome = Unknown | 'counted' | 'first' | 'out_of_order' | 'gap' | 'clock_jumped' | 'other_interface';

export interface Advance {
  readonly memory: PortMemory;
  /** Intervals that are over, oldest first. */
  readonly finished: readonly TrafficPoint[];
  readonly outcome: Outcome;
}

/** What passed in more time than this is spread over nothing: it stays unknown, since a bill is no guess. */
export const LONGEST_SECONDS = 2 * INTERVAL_SECONDS;
/**
 * How far a reading may be moved, for each second since the last, so that ours and the device's clock stay together.
 */
const SLEW = 0.01;

/** One more reading of a port: which intervals it ends, and what to remember. */
export function advance(memory: PortMemory | undefined, seen: Seen): Advance {
  const { identity, reading, speedMbit } = seen;
  if (!memory) return begun(seen, undefined, 'first');
  if (memory.identity !== identity) return begun(seen, memory.open, 'other_interface');
  if (reading.at <= memory.reading.at && !jumpedBack(memory.reading, reading)) {
    return { memory, finished: [], outcome: 'out_of_order' };
  }
  const passed = passedBetween(memory.reading, reading, speedMbit);
  if (typeof passed === 'string') return begun(seen, memory.open, passed);
  if (passed.seconds > LONGEST_SECONDS) return begun(seen, memory.open, 'gap');
  if (passed.seconds === 0) return { memory, finished: [], outcome: 'out_of_order' };
  const at = placed(memory.reading.at, reading.at, passed.seconds);
  if (!at) return begun(seen, memory.open, 'clock_jumped');
  const { open, finished } = spread(memory.open, memory.reading.at, at, passed);
  return { memory: { identity, reading: { ...reading, at }, open }, finished, outcome: 'counted' };
}

/** What a port that was not read for so long leaves behind: its interval as far as it was seen. */
export function abandoned(memory: PortMemory, now: Date): Pick<Advance, 'memory' | 'finished'> {
  const { identity, reading, open } = memory;
  const silentSeconds = (now.getTime() - reading.at.getTime()) / 1_000;
  if (silentSeconds <= LONGEST_SECONDS) return { memory, finished: [] };
  return { memory: { identity, reading }, finished: closed(open) };
}

/** What was counted of the interval so far stays; what passed since the last reading does not come in. */
function begun({ identity, reading }: Seen, open: OpenInterval | undefined, outcome: Outcome): Advance {
  return { memory: { identity, reading, ...(open && { open }) }, finished: [], outcome };
}

/**
 * The device went on while our clock went back. A reading that merely came late is older by the device's clock as well.
 */
function jumpedBack(earlier: Reading, later: Reading): boolean {
  return (elapsedSeconds(earlier, later) ?? 0) > 0;
}

/** Where the device's clock puts the reading on ours, drawn a little towards the moment at which it came. */
function placed(earlier: Date, came: Date, seconds: number): Date | undefined {
  if (!clocksAgree(seconds, (came.getTime() - earlier.getTime()) / 1_000)) return undefined;
  const byDevice = earlier.getTime() + seconds * 1_000;
  const most = seconds * 1_000 * SLEW;
  return new Date(Math.round(byDevice + Math.max(-most, Math.min(most, came.getTime() - byDevice))));
}

/** Puts octets onto whole intervals by the time they took in each; their sum is kept to the octet. */
function spread(
  open: OpenInterval | undefined,
  from: Date,
  to: Date,
  { inOctets, outOctets }: { inOctets: number; outOctets: number },
): { open: OpenInterval; finished: TrafficPoint[] } {
  const whole = to.getTime() - from.getTime();
  const finished: TrafficPoint[] = [];
  let current = open;
  let [begin, goneIn, goneOut] = [from.getTime(), 0, 0];
  for (;;) {
    const startsAt = startOf('interval', new Date(begin));
    if (current && current.startsAt.getTime() !== startsAt.getTime()) {
      finished.push(...closed(current));
      current = undefined;
    }
    const end = Math.min(to.getTime(), startsAt.getTime() + INTERVAL_SECONDS * 1_000);
    const share = (end - from.getTime()) / whole;
    const [nowIn, nowOut] = [Math.floor(inOctets * share), Math.floor(outOctets * share)];
    current = {
      startsAt,
      inOctets: (current?.inOctets ?? 0) + nowIn - goneIn,
      outOctets: (current?.outOctets ?? 0) + nowOut - goneOut,
      milliseconds: (current?.milliseconds ?? 0) + end - begin,
    };
    [begin, goneIn, goneOut] = [end, nowIn, nowOut];
    if (end === to.getTime()) return { open: current, finished };
  }
}

function closed(open: OpenInterval | undefined): TrafficPoint[] {
  if (!open || open.milliseconds === 0) return [];
  const { startsAt, inOctets, outOctets, milliseconds } = open;
  const seconds = Math.min(INTERVAL_SECONDS, Math.max(1, Math.round(milliseconds / 1_000)));
  return [{ startsAt, inOctets, outOctets, seconds }];
}
