import { defineSignal } from '@temporalio/workflow';
import type { DisputeStatus } from '../../rules/billing/dispute-status.js';
import type { ProcessContract } from './contract.js';

export interface DisputeInput {
  readonly disputeId: string;
}

export interface DisputeResult {
  readonly status: DisputeStatus;
}

export const dispute: ProcessContract<DisputeInput, DisputeResult> = {
  type: 'dispute',
  taskQueue: 'billing',
  summary: 'One disputed charge, until its bank has decided',
  workflowId: ({ disputeId }) => `dispute:${disputeId}`,
};

/** The provider said something about it: to be looked up. */
export const disputeMoved = defineSignal('disputeMoved');
