import { ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { ProvisioningActivities } from '../../activities/servers/index.js';
import type { Verdict } from '../../activities/servers/power.js';
import type { MachineFailure } from '../../rules/servers/machine-failures.js';
import { compensations } from '../durable/compensations.js';
import { humanSteps } from '../durable/human-step.js';
import { promptHardware, quick } from '../durable/patience.js';
import { MachineFailed } from '../messages/failures.js';
import { customersWish } from './customers-wish.js';
import { installerReports } from './installer-reports.js';
import { provisioningProgress } from './provisioning-progress.js';

/** A row being written when the step is no longer wanted is waited for: its undoing must come after it. */
export const rows = proxyActivities<ProvisioningActivities>({
  ...quick,
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});
export const hardware = proxyActivities<ProvisioningActivities>(promptHardware);

export type Provisioning = ReturnType<typeof provisioningOf>;

/** What the parts of the story have in common. Every handler is registered here, before anything is awaited. */
export function provisioningOf(serviceId: string) {
  const wish = customersWish();
  const report = installerReports();
  const progress = provisioningProgress(serviceId);
  const attempt = humanSteps();
  /** The machine's part is undone alone when another machine takes its place. */
  const undoing = compensations<'service' | 'machine'>(attempt);
  return { serviceId, wish, report, progress, attempt, undoing };
}

/** Leaving out a machine's service processor is taking another machine, and so always safe. */
const control = { name: 'controlMachine', skippable: true };

/** Something that a machine is asked for; throws `MachineFailed` when it is not fit for it, or when staff give it up. */
export async function onMachine({ attempt }: Provisioning, act: () => Promise<Verdict>): Promise<void> {
  const verdict = await attempt(control, act);
  if (!verdict) throw machineFailed('left_aside', 'staff took another machine');
  if (!verdict.fit) throw machineFailed(verdict.failure, verdict.detail);
}

export function machineFailed(reason: MachineFailure, detail: string): ApplicationFailure {
  return failure(MachineFailed, `${reason}: ${detail}`, reason, detail);
}

export function failure(type: string, message: string, ...details: readonly string[]): ApplicationFailure {
  return ApplicationFailure.create({ type, message, details: [...details], nonRetryable: true });
}

export function isFailure(error: unknown, type: string): error is ApplicationFailure {
  return error instanceof ApplicationFailure && error.type === type;
}
