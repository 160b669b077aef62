/** Activities that work off whatever is waiting, take nothing, and may be asked at any time. */
export const batches = [
  'notePulse',
  'startAccepted',
  'tellCollectors',
  'forgetRootPasswords',
  'escalateStaffTasks',
  'sealLedger',
] as const;

export type Batch = (typeof batches)[number];

export interface ReconcileInput {
  /** One after another; a failing one is left to the next round. */
  readonly batches: readonly Batch[];
}

/** Never promised by a row: only schedules start it. */
export const reconcile = { type: 'reconcile', taskQueue: 'orders' } as const;
