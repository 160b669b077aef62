/** Stands in front of a file's result in the stream of its process. */
export const END_OF_FILE = '\u001e';

export interface FileResult {
  readonly file: string;
  passed: number;
  failed: number;
  skipped: number;
  /** Not done within its time: of a machine that paused as of a test that hangs. */
  readonly late?: boolean;
}

export interface Total {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const SKIPPED = /^skipped: (.+)$/gm;

/** Why tests were left out, as they said it themselves. */
export function skipsToldIn(output: string): string[] {
  return [...output.matchAll(SKIPPED)].map(([, told = '']) => told);
}

/** All results as one; a test that was left out without a word is a failure, and so is a run without tests. */
export function total(results: readonly FileResult[], toldSkips: number): Total {
  const sum = (of: 'passed' | 'failed' | 'skipped') => results.reduce((sofar, result) => sofar + result[of], 0);
  const untold = Math.max(0, sum('skipped') - toldSkips);
  const nothing = sum('passed') + sum('failed') === 0 ? 1 : 0;
  return { passed: sum('passed'), failed: sum('failed') + untold + nothing, skipped: sum('skipped') - untold };
}
