import { ProcessStep } from '../../models/durable/process-step.js';
import { askedAt } from './clock.js';

interface StepOf {
  readonly process: string;
  readonly subjectId: string;
}

export type StepActivities = ReturnType<typeof createStepActivities>;

/** What people watch while a process runs. */
export function createStepActivities() {
  return {
    /** The step before is done, this one begins; begun again it counts one more attempt. */
    async enterStep({ process, subjectId, step }: StepOf & { readonly step: string }): Promise<void> {
      const at = askedAt();
      await ProcessStep.transaction(async (trx) => {
        await ProcessStep.end({ process, subjectId }, 'done', at, trx);
        await ProcessStep.begin(process, subjectId, step, at, trx);
      });
    },

    /** The step under way is over, and no other begins. */
    async leaveStep({ outcome, ...step }: StepOf & { readonly outcome: 'done' | 'failed' | 'undone' }): Promise<void> {
      await ProcessStep.end(step, outcome, askedAt());
    },

    /** Says beside the running step what goes wrong, as the phrases `steps:problem.<problem>` and `steps:then.<problem>`. */
    async tellProblem({ process, subjectId, problem }: StepOf & { readonly problem: string }): Promise<void> {
      await ProcessStep.query().where({ process, subjectId, status: 'running' }).patch({ problem });
    },
  };
}
