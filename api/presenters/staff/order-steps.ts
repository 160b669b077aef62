import { type PastSeconds, usualOf } from '../../../rules/orders/expected-delivery.js';
import { type ProvisioningStep, provisioningSteps } from '../../../rules/servers/provisioning-steps.js';

export function isProvisioningStep(step: string | null): step is ProvisioningStep {
  return provisioningSteps.includes(step as ProvisioningStep);
}

/** From past runs, or as first guessed; nothing for a step that is none of an order's. */
export function usualMsOf(step: string | null, past: PastSeconds): number | undefined {
  return isProvisioningStep(step) ? usualOf(step, past) * 1_000 : undefined;
}
