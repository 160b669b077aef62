import { type Processes, ProcessRefused } from '../../gateways/processes.js';
import { AutomationPulse } from '../../models/durable/automation-pulse.js';
import { HeldStep } from '../../models/durable/held-step.js';
import { stopLifted } from '../../workflows/messages/stops.js';
import { askedAt } from './clock.js';
import { actOf } from './held-acts.js';

export interface StopDeps {
  readonly processes: Processes;
  readonly now: () => Date;
}

/** So many processes are told at once: as many as start within the seconds until the next batch. */
const BATCH = 50;

export type StopActivities = ReturnType<typeof createStopActivities>;

export function createStopActivities({ processes, now }: StopDeps) {
  /** A process that is over waits nowhere: what it left at the stop goes with it. */
  async function tell(workflowId: string, stopId: string): Promise<void> {
    const steps = HeldStep.query().where({ workflowId, stopId });
    try {
      await processes.signal({ workflowId: () => workflowId }, {}, stopLifted, { stopId });
      await steps.patch({ toldAt: askedAt() });
    } catch (error) {
      if (!(error instanceof ProcessRefused)) throw error;
      await steps.delete();
    }
  }

  return {
    /** Those that wait longest first; `left` wait to be told still. Told twice they ask anew once. */
    async tellLifted(stopId: string): Promise<{ left: number }> {
      const waiting = () => HeldStep.query().where({ stopId }).whereNull('toldAt');
      const batch = await waiting().orderBy('since').limit(BATCH);
      for (const workflowId of new Set(batch.map((step) => step.workflowId))) await tell(workflowId, stopId);
      return { left: await waiting().resultSize() };
    },

    async leaveHold({
      activity,
      args,
    }: {
      readonly activity: string;
      readonly args: readonly unknown[];
    }): Promise<void> {
      await HeldStep.end(actOf(activity, args), 'unwanted', askedAt());
    },

    /** This machine's clock, not the cluster's: which of them is wrong, a person finds out. */
    async notePulse(): Promise<void> {
      await AutomationPulse.beat(now());
    },
  };
}
