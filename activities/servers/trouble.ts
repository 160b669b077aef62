import { activityInfo } from '@temporalio/activity';
import { ProcessStep } from '../../models/durable/process-step.js';

/** What people read beside the step, by the error's name: the phrases `steps:problem.<problem>` and `steps:then.<problem>`. */
const problems: Readonly<Record<string, string>> = {
  BmcUnreachable: 'bmcUnreachable',
  BmcRefused: 'bmcRefused',
  SwitchUnreachable: 'switchUnreachable',
  SwitchRefused: 'switchRefused',
  DeviceBusy: 'deviceBusy',
};

/** The process whose running step is watched. */
export type Watched = Readonly<Pick<ProcessStep, 'process' | 'subjectId'>>;

/** A server that is being prepared, as its people watch it. */
export function provisioningOf(serviceId: string): Watched {
  return { process: 'serverProvisioning', subjectId: serviceId };
}

/** Says beside the process's running step that a device makes trouble, and takes it back once it does not. */
export async function showingTrouble<Result>(watched: Watched, work: () => Promise<Result>): Promise<Result> {
  try {
    const result = await work();
    if (activityInfo().attempt > 1) await show(watched, null);
    return result;
  } catch (error) {
    const problem = error instanceof Error ? problems[error.name] : undefined;
    if (problem) await show(watched, problem);
    throw error;
  }
}

async function show(watched: Watched, problem: string | null): Promise<void> {
  await ProcessStep.query()
    .where({ ...watched, status: 'running' })
    .patch({ problem });
}
