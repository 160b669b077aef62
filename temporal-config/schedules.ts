import { type Client, ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client';
import { type Batch, type ReconcileInput, reconcile } from '../workflows/messages/reconcile.js';

export interface Schedule {
  readonly id: string;
  readonly every: `${number} ${'seconds' | 'minutes' | 'hours' | 'days'}`;
  readonly batches: readonly Batch[];
}

/** All that happens by itself and for nobody in particular. A new batch gets its line here and its name in the contract. */
export const schedules: readonly Schedule[] = [
  { id: 'accepted-processes', every: '1 minutes', batches: ['notePulse', 'startAccepted', 'tellCollectors'] },
  { id: 'staff-tasks', every: '1 minutes', batches: ['escalateStaffTasks'] },
  { id: 'credit-when-due', every: '1 hours', batches: ['useCreditWhenDue'] },
  { id: 'root-passwords', every: '1 hours', batches: ['forgetRootPasswords'] },
  { id: 'ledger-seals', every: '10 minutes', batches: ['sealLedger'] },
  { id: 'lost-word', every: '6 hours', batches: ['followReversals'] },
  { id: 'book-checks', every: '1 minutes', batches: ['checkBooks'] },
];

/** Ids that stood in the table once: they are taken off the cluster. */
const retired: readonly string[] = [];

/** Makes the cluster's schedules what the table says; a pause that staff put on one stays. */
export async function reconcileSchedules(
  { schedule: cluster }: Pick<Client, 'schedule'>,
  table: readonly Schedule[] = schedules,
  gone: readonly string[] = retired,
): Promise<void> {
  for (const line of table) {
    const wanted = asOptions(line);
    try {
      await cluster.create(wanted);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      await cluster.getHandle(line.id).update(({ state }) => ({ ...wanted, state }));
    }
  }
  for (const id of gone) {
    await cluster
      .getHandle(id)
      .delete()
      .catch((error: unknown) => {
        if (!(error instanceof ScheduleNotFoundError)) throw error;
      });
  }
}

/** A round that takes too long is not doubled; rounds missed while the cluster was away are made up by one. */
function asOptions({ id, every, batches }: Schedule) {
  const input: ReconcileInput = { batches };
  const { type: workflowType, taskQueue } = reconcile;
  const staticSummary = `A round of ${batches.join(', ')}`;
  return {
    scheduleId: id,
    spec: { intervals: [{ every }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '2 minutes' as const },
    action: {
      type: 'startWorkflow' as const,
      workflowType,
      workflowId: `schedule:${id}`,
      taskQueue,
      args: [input],
      staticSummary,
    },
  };
}
