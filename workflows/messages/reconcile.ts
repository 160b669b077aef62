/** Activities that work off whatever is waiting, take nothing, and may be asked at any time. */
export const batches = [
  'notePulse',
  'startAccepted',
  'tellCollectors',
  'useCreditWhenDue',
  'forgetRootPasswords',
  'escalateStaffTasks',
  'sealLedger',
  'checkBooks',
  'followReversals',
] as const;

export type Batch = (typeof batches)[number];

/** Read much, and tell by heartbeats that they still do. */
export const longBatches: readonly Batch[] = ['checkBooks', 'followReversals'];

export interface ReconcileInput {
  /** One after another; a failing one is left to the next round. */
  readonly batches: readonly Batch[];
}

/** Never promised by a row: only schedules start it. */
export const reconcile = { type: 'reconcile', taskQueue: 'orders' } as const;
