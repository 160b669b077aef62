const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const first = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR];

/** How long to wait, in milliseconds, before a charge of which nobody told us more is looked up for the n-th time. */
export function waitBeforeLookUp(count: number): number {
  return first[count] ?? DAY;
}

/** How long a bank waits for its customer before we take the question back. */
export const CHALLENGE_MS = 30 * MINUTE;

/** How long a charge that the bank never heard of is still put to it; after that it is taken back instead. */
export const FRESH_MS = 15 * MINUTE;
