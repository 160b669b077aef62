import { activityInfo } from '@temporalio/activity';
import { ProcessStep } from '../../models/durable/process-step.js';

/** What people read beside the step, by the error's name: the phrase `steps:problem.<problem>`. */
const problems: Readonly<Record<string, string>> = {
  BmcUnreachable: 'bmcUnreachable',
  BmcRefused: 'bmcRefused',
  SwitchUnreachable: 'switchUnreachable',
  SwitchRefused: 'switchRefused',
  DeviceBusy: 'deviceBusy',
};

/** Says beside the service's running step that a device makes trouble, and takes it back once it does not. */
export async function showingTrouble<Result>(serviceId: string, work: () => Promise<Result>): Promise<Result> {
  try {
    const result = await work();
    if (activityInfo().attempt > 1) await show(serviceId, null);
    return result;
  } catch (error) {
    const problem = error instanceof Error ? problems[error.name] : undefined;
    if (problem) await show(serviceId, problem);
    throw error;
  }
}

async function show(serviceId: string, problem: string | null): Promise<void> {
  const running = { process: 'serverProvisioning', subjectId: serviceId, status: 'running' } as const;
  await ProcessStep.query().where(running).patch({ problem });
}
