const MINUTE = 60_000;

/** Longer than any deploy or reboot: whatever became due meanwhile would start all at once. */
export const SLEPT_MS = 6 * 60 * MINUTE;

/** So far apart the clocks of two honest workers may be. */
export const SKEW_MS = 2 * MINUTE;

/** What automation may notice of itself; both are told with the moment it was last seen awake and the moment it woke. */
export type Noticed = 'slept' | 'went_back';

/**
 * Whether automation was away, judged by when it was last seen awake and what the clock says now. A clock that jumps
 * forward looks like a sleep, and a database that was put back to an earlier day too: either way much is due at once, and
 * nobody knows what was done already.
 */
export function noticedAt(lastSeen: Date, now: Date): Noticed | undefined {
  const gap = now.getTime() - lastSeen.getTime();
  if (gap >= SLEPT_MS) return 'slept';
  return gap < -SKEW_MS ? 'went_back' : undefined;
}
