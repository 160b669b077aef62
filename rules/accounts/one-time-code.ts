/** RFC 6238: a code lives for a step of thirty seconds, counted from 1970. */
export const STEP_MS = 30_000;

export type CodeVerdict = 'right' | 'used' | 'wrong';

export function stepAt(at: Date): number {
  return Math.floor(at.getTime() / STEP_MS);
}

/** Whose codes are taken: this step's, and for clocks that go wrong the one before and the one after (RFC 6238 §5.2, §6). */
export function stepsTaken(at: Date): readonly number[] {
  const step = stepAt(at);
  return [step, step - 1, step + 1];
}

/** `step` is the one whose code was typed, if any was: none up to the last one used is taken again. */
export function judgeCode(step: number | undefined, lastStep: number): CodeVerdict {
  if (step === undefined) return 'wrong';
  return step > lastStep ? 'right' : 'used';
}
