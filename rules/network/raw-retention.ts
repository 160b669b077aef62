/** The start of a month of UTC, so many months on. */
export function monthOf(at: Date, further = 0): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + further));
}

/** From when on five-minute intervals are kept: so many whole months before this one. What is older is closed. */
export function oldestKept(now: Date, rawMonths: number): Date {
  return monthOf(now, -rawMonths);
}
