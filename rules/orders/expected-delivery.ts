import {
  firstGuessSeconds,
  type ProvisioningStep,
  provisioningSteps,
  usualSeconds,
} from '../servers/provisioning-steps.js';

/** Seconds that past runs of each step took; a step that none ran of is guessed. */
export type PastSeconds = Readonly<Record<string, readonly number[] | undefined>>;

export function usualOf(step: ProvisioningStep, past: PastSeconds): number {
  return usualSeconds(past[step] ?? []) ?? firstGuessSeconds[step];
}

/** From the payment to the hand-over, as a rule. */
export function usualDelivery(past: PastSeconds): number {
  const afterPayment = provisioningSteps.filter((step) => step !== 'payment');
  return afterPayment.reduce((sum, step) => sum + usualOf(step, past), 0);
}

export interface StepTimes {
  readonly step: ProvisioningStep;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/** What is usually left to do: of the step under way what has not passed yet, of those to come all. */
export function secondsLeft(steps: readonly StepTimes[], past: PastSeconds, now: Date): number {
  return provisioningSteps.reduce((sum, name) => {
    const known = steps.find(({ step }) => step === name);
    if (known?.endedAt) return sum;
    const passed = known ? (now.getTime() - known.startedAt.getTime()) / 1_000 : 0;
    return sum + Math.max(0, usualOf(name, past) - passed);
  }, 0);
}
