import type { Decided } from './rescue.js';

/** Rescued in a browser by tests of their own: `rescue.test.ts`, and `staff-task.test.ts` in a launched shop. */
export const rescuedElsewhere: readonly Decided[] = [
  ['suspendService', 'retry'],
  ['suspendService', 'cancel'],
  ['cutOffServer', 'retry'],
  ['cutOffServer', 'cancel'],
  ['switchOffServer', 'retry'],
  ['switchOffServer', 'cancel'],
  ['releaseHoldings', 'retry'],
  ['releaseHoldings', 'skip'],
  ['releaseHoldings', 'cancel'],
  ['switchMachine', 'cancel'],
  ['openPort', 'retry'],
  ['openPort', 'cancel'],
];
