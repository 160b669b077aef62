/** Days a returned address rests before somebody else gets it: mail and caches still mean the last holder. */
export const QUARANTINE_DAYS = 30;

const DAY_MS = 86_400_000;

/** What ended at this moment or before has rested long enough. Days are UTC's, whole ones. */
export function restedBefore(now: Date): Date {
  return new Date((Math.floor(now.getTime() / DAY_MS) - QUARANTINE_DAYS) * DAY_MS);
}

/** From when on an address that ended then may be given out again. */
export function restsUntil(ended: Date): Date {
  return new Date((Math.ceil(ended.getTime() / DAY_MS) + QUARANTINE_DAYS) * DAY_MS);
}
