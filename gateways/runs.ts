import { type Client, type WorkflowExecutionDescription, WorkflowNotFoundError } from '@temporalio/client';
import type { ProcessContract } from '../workflows/messages/contract.js';

/** A process as the cluster knows it. */
export interface Run {
  readonly workflowId: string;
  /** The name it was started under. */
  readonly type: string;
  /** `ended`: to its end. `broken`: it failed, was ended by hand, or ran out of time. */
  readonly state: 'open' | 'ended' | 'broken';
  /** Whether it is at something, or waits for a process of its own; a timer or a message that it waits for does not count. */
  readonly isBusy: boolean;
}

/** What the cluster runs, for whoever compares it with the rows; only after a restore anything is done to a run from here. */
export interface Runs {
  open(): AsyncIterable<Pick<Run, 'workflowId' | 'type'>>;
  /** The last run under this id, asked of the run itself; nothing where the cluster never knew or has forgotten it. */
  last(workflowId: string): Promise<Run | undefined>;
  /** At once, and without undoing anything: for a run that is about nothing any more. */
  end(workflowId: string, why: string): Promise<void>;
  /** From its rows, whatever became of an earlier run. One that is open is left alone. */
  beginAgain<Input extends object>(contract: ProcessContract<Input>, input: NoInfer<Input>): Promise<void>;
}

export function createRuns({ workflow }: Pick<Client, 'workflow'>): Runs {
  return {
    open: () => workflow.list({ query: `ExecutionStatus = 'Running'` }),

    async last(workflowId) {
      try {
        return runOf(await workflow.getHandle(workflowId).describe());
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        throw error;
      }
    },

    async end(workflowId, why) {
      await workflow.getHandle(workflowId).terminate(why);
    },

    async beginAgain({ type, taskQueue, workflowId, summary }, input) {
      const options = { workflowId: workflowId(input), taskQueue, args: [input], staticSummary: summary };
      const policies = { workflowIdReusePolicy: 'ALLOW_DUPLICATE', workflowIdConflictPolicy: 'USE_EXISTING' } as const;
      await workflow.start(type, { ...options, ...policies });
    },
  };
}

function runOf({ workflowId, type, status, raw }: WorkflowExecutionDescription): Run {
  const { pendingActivities, pendingChildren, pendingWorkflowTask } = raw;
  const isBusy = [pendingActivities, pendingChildren].some((each) => each?.length) || Boolean(pendingWorkflowTask);
  if (status.name === 'RUNNING') return { workflowId, type, state: 'open', isBusy };
  return { workflowId, type, state: status.name === 'COMPLETED' ? 'ended' : 'broken', isBusy: false };
}
