import type { ProcessContract } from './contract.js';

export interface RefundReturnInput {
  readonly refundId: string;
  /** Above one where it stood when it was looked at before, and is said to have come back since. */
  readonly looks?: number;
}

/** `stands`: the money did not come back after all. `given_up`: staff pay it back by hand. */
export interface RefundReturnResult {
  readonly outcome: 'stands' | 'paid_back' | 'given_up';
}

export const refundReturn: ProcessContract<RefundReturnInput, RefundReturnResult> = {
  type: 'refundReturn',
  taskQueue: 'billing',
  summary: 'One refund that the bank sent back, until the money is with the customer by another way',
  workflowId: ({ refundId, looks = 1 }) => `refund-return:${refundId}${looks > 1 ? `:${looks}` : ''}`,
};
