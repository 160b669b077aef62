import { hasPhrase, phrase } from '../../../locales/phrases.js';
import type { ProcessStep } from '../../../models/durable/process-step.js';
import {
  firstGuessSeconds,
  type ProvisioningStep,
  provisioningSteps,
  usualSeconds,
} from '../../../rules/servers/provisioning-steps.js';
import type { Reader } from '../moments.js';
import { presentSteps, type StepState } from '../steps.js';

export type PastSeconds = Readonly<Record<string, readonly number[]>>;

export function isProvisioningStep(step: string | null): step is ProvisioningStep {
  return provisioningSteps.includes(step as ProvisioningStep);
}

/** From past runs, or as first guessed; nothing for a step that is none of an order's. */
export function usualMsOf(step: string | null, past: PastSeconds): number | undefined {
  if (!isProvisioningStep(step)) return undefined;
  return (usualSeconds(past[step] ?? []) ?? firstGuessSeconds[step]) * 1_000;
}

/** For `partials/steps`: all steps of an order in their order, those to come included. */
export function orderSteps(reader: Reader, rows: readonly ProcessStep[], past: PastSeconds, now: Date) {
  const steps = provisioningSteps.map((step) => {
    const row = rows.find((each) => each.step === step);
    const usualMs = usualMsOf(step, past);
    return {
      name: phrase(reader.language, `steps:step.${step}`),
      state: stateOf(row),
      startedAt: row?.startedAt ?? null,
      endedAt: row?.endedAt ?? null,
      ...(usualMs !== undefined && { usualMs }),
      ...sentenceOf(reader, row),
    };
  });
  return presentSteps(reader, steps, now);
}

function stateOf(row: ProcessStep | undefined): StepState {
  if (!row) return 'waiting';
  return row.status === 'running' && row.problem ? 'retrying' : row.status;
}

/** What goes wrong just now, or how often it was begun. */
function sentenceOf({ language }: Reader, row: ProcessStep | undefined): { sentence?: string } {
  const problem = row?.problem && `steps:problem.${row.problem}`;
  if (problem && hasPhrase(language, problem)) return { sentence: phrase(language, problem) };
  if (row && row.attempts > 1) return { sentence: phrase(language, 'staff:order.tries', { count: row.attempts }) };
  return {};
}
