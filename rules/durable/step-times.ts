/** How long runs of a step took, told by two of them: the middle one, and the one that nine in ten were no slower than. */
export interface StepTimes {
  readonly runs: number;
  readonly medianSeconds: number;
  readonly ninthSeconds: number;
}

/** By nearest rank, so that each is a run that there was. Nothing where there was none. */
export function stepTimes(seconds: readonly number[]): StepTimes | undefined {
  const sorted = [...seconds].sort((one, other) => one - other);
  const rank = (perCent: number) => sorted[Math.ceil((sorted.length * perCent) / 100) - 1];
  const [medianSeconds, ninthSeconds] = [rank(50), rank(90)];
  if (medianSeconds === undefined || ninthSeconds === undefined) return undefined;
  return { runs: sorted.length, medianSeconds, ninthSeconds };
}
