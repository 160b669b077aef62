/** What a device said of one port at one moment, in and out from the customer's side. */
export interface Reading {
  /** By our clock, when the answer came. */
  readonly at: Date;
  /** sysUpTime of the same answer, in hundredths of a second; begins anew after 497 days. */
  readonly upTicks: number;
  /** ifCounterDiscontinuityTime (RFC 2863), where the device has it. */
  readonly discontinuity?: number;
  readonly bits: 32 | 64;
  readonly inOctets: bigint;
  readonly outOctets: bigint;
}

/** Octets that passed between two readings, in so many seconds of the device's own clock. */
export interface Passed {
  readonly inOctets: number;
  readonly outOctets: number;
  readonly seconds: number;
}

/** Why what passed cannot be known. */
export type Unknown = 'restarted' | 'discontinued' | 'ambiguous' | 'too_fast' | 'counters_changed';

const TICKS = 2 ** 32;
/**
 * Ours and the device's clock may drift this far apart between two readings before one of them is held to have jumped.
 */
const CLOCK_TOLERANCE = 0.1;
const CLOCK_TOLERANCE_SECONDS = 30;
/** Readings are not taken on the dot, and speeds are nominal. */
const SPEED_TOLERANCE = 1.1;
/** Believed of a port that does not say how fast it is. */
const FASTEST_MBIT = 1_600_000;

/** Seconds of the device's clock between two readings; nothing where it began anew. */
export function elapsedSeconds(earlier: Reading, later: Reading): number | undefined {
  const ticks = later.upTicks - earlier.upTicks;
  if (ticks >= 0) return ticks / 100;
  const roundTheCorner = (ticks + TICKS) / 100;
  return clocksAgree(roundTheCorner, (later.at.getTime() - earlier.at.getTime()) / 1_000) ? roundTheCorner : undefined;
}

export function clocksAgree(deviceSeconds: number, ourSeconds: number): boolean {
  return Math.abs(deviceSeconds - ourSeconds) <= CLOCK_TOLERANCE_SECONDS + CLOCK_TOLERANCE * deviceSeconds;
}

/**
 * What passed a port between two readings, or why nobody can know: counters that began anew tell nothing of before, a
 * 32-bit counter that may have gone round once more tells nothing at all, and more than the port can carry is a lie.
 */
export function passedBetween(earlier: Reading, later: Reading, speedMbit: number): Passed | Unknown {
  if (earlier.bits !== later.bits) return 'counters_changed';
  const seconds = elapsedSeconds(earlier, later);
  if (seconds === undefined) return 'restarted';
  if (earlier.discontinuity !== later.discontinuity) return 'discontinued';
  const most = ((speedMbit || FASTEST_MBIT) * 1e6 * SPEED_TOLERANCE * seconds) / 8;
  const octets = [later.inOctets - earlier.inOctets, later.outOctets - earlier.outOctets];
  const [inOctets = 0, outOctets = 0] = octets.map((difference) => Number(BigInt.asUintN(later.bits, difference)));
  if (Math.max(inOctets, outOctets) > most) return 'too_fast';
  if (later.bits === 32 && Math.min(inOctets, outOctets) + 2 ** 32 <= most) return 'ambiguous';
  return { inOctets, outOctets, seconds };
}
