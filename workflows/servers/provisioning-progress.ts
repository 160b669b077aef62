import { proxyActivities, setHandler } from '@temporalio/workflow';
import type { StepActivities } from '../../activities/durable/steps.js';
import type { ProvisioningStep } from '../../rules/servers/provisioning-steps.js';
import { label } from '../durable/labels.js';
import { quick } from '../durable/patience.js';
import { provisioningStep } from '../messages/server-provisioning.js';

const { enterStep, leaveStep, tellProblem } = proxyActivities<StepActivities>(quick);

/** How far the server has come, for those who watch it. */
export function provisioningProgress(subjectId: string) {
  const watched = { process: 'serverProvisioning', subjectId } as const;
  let current: ProvisioningStep = 'reserve';
  setHandler(provisioningStep, () => current);

  return {
    async enter(step: ProvisioningStep): Promise<void> {
      current = step;
      label({ stage: step });
      await enterStep({ ...watched, step });
    },
    leave: (outcome: 'done' | 'failed' | 'undone') => leaveStep({ ...watched, outcome }),
    tellProblem: (problem: string) => tellProblem({ ...watched, problem }),
  };
}
