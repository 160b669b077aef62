import { failedAges, failedDues, failedLeasts, failedTries } from '../../../models/billing/failed-payment-narrowing.js';

/** To what the list of failed payments is narrowed beside its filters; nothing where nothing was said. */
export const failedNarrowings = { age: failedAges, least: failedLeasts, tries: failedTries, due: failedDues } as const;

export type FailedNarrowing = {
  readonly [Name in keyof typeof failedNarrowings]?: (typeof failedNarrowings)[Name][number];
};

/** Reads `?age=7&least=500&tries=3&due=week`; anything odd counts as not said. */
export function readFailedNarrowing(asked: Readonly<Record<string, unknown>>): FailedNarrowing {
  const said = Object.entries(failedNarrowings).flatMap(([name, values]) => {
    const value = (values as readonly string[]).find((each) => each === asked[name]);
    return value ? [[name, value]] : [];
  });
  return Object.fromEntries(said);
}
