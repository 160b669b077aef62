import type { ProcessContract } from './contract.js';

export interface RefundReturnInput {
  readonly refundId: string;
}

/** `stands`: the money did not come back after all. `given_up`: staff pay it back by hand. */
export interface RefundReturnResult {
  readonly outcome: 'stands' | 'paid_back' | 'given_up';
}

export const refundReturn: ProcessContract<RefundReturnInput, RefundReturnResult> = {
  type: 'refundReturn',
  taskQueue: 'billing',
  summary: 'One refund that the bank sent back, until the money is with the customer by another way',
  workflowId: ({ refundId }) => `refund-return:${refundId}`,
};
