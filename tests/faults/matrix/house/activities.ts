import { activityInfo } from '@temporalio/activity';
import type { createActivities } from '../../../../activities/index.js';
import type { Step } from '../cell.js';
import { Life } from './life.js';
import type { Misfortune, UsualCall } from './misfortune.js';

export type Activities = ReturnType<typeof createActivities>;

interface Planned {
  readonly step: Step;
  readonly call: number;
  readonly misfortune: Misfortune;
}

/** The shop's own activities: what each run called is noted, and what is planned for a run befalls it. */
export class WatchedActivities {
  private readonly calls = new Map<string, Map<Step, Map<string, UsualCall>>>();
  private readonly plans = new Map<string, Planned[]>();
  private readonly conflicting = new Map<string, number>();
  readonly all: Activities;

  constructor(activities: Activities) {
    const wrapped = Object.entries(activities).map(([name, activity]) => [
      name,
      (...args: unknown[]) =>
        this.do(name as Step, () => (activity as (...args: unknown[]) => Promise<unknown>)(...args)),
    ]);
    this.all = Object.fromEntries(wrapped) as Activities;
  }

  plan(workflowId: string, planned: Planned): void {
    this.plans.set(workflowId, [...(this.plans.get(workflowId) ?? []), planned]);
  }

  /** From now on the first attempt of every activity of the run meets a conflict where it writes. */
  conflictEverywhere(workflowId: string): void {
    this.conflicting.set(workflowId, 0);
  }

  /** How many of them did. */
  conflictsOf(workflowId: string): number {
    return this.conflicting.get(workflowId) ?? 0;
  }

  /** What a run called, in order; each call with what it does. */
  callsOf(workflowId: string, step: Step): readonly UsualCall[] {
    return [...(this.calls.get(workflowId)?.get(step)?.values() ?? [])];
  }

  stepsOf(workflowId: string): readonly Step[] {
    return [...(this.calls.get(workflowId)?.keys() ?? [])];
  }

  private async do(step: Step, act: () => Promise<unknown>): Promise<unknown> {
    const { workflowExecution, activityId, attempt } = activityInfo();
    const { workflowId = '', runId = '' } = workflowExecution ?? {};
    const calls = this.noted(workflowId, step);
    const id = `${runId}/${activityId}`;
    if (!calls.has(id)) calls.set(id, { moments: 0, touches: 'nothing' });
    const call = [...calls.keys()].indexOf(id);
    const planned = this.plans.get(workflowId)?.find((plan) => plan.step === step && plan.call === call);
    if (planned) return planned.misfortune.meet(attempt, act);
    const conflicts = attempt === 1 ? this.conflicting.get(workflowId) : undefined;
    const life = new Life(conflicts === undefined ? undefined : 'conflict');
    const lived = await life.live(act).finally(() => {
      if (life.met) this.conflicting.set(workflowId, this.conflictsOf(workflowId) + 1);
    });
    calls.set(id, { moments: life.moments, touches: life.touches });
    return lived === 'dead' ? undefined : lived.result;
  }

  private noted(workflowId: string, step: Step): Map<string, UsualCall> {
    const ofRun = this.calls.get(workflowId) ?? new Map<Step, Map<string, UsualCall>>();
    const ofStep = ofRun.get(step) ?? new Map<string, UsualCall>();
    this.calls.set(workflowId, ofRun.set(step, ofStep));
    return ofStep;
  }
}
