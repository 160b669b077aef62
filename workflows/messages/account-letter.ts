import type { ProcessContract } from './contract.js';

export interface AccountLetterInput {
  readonly letterId: string;
}

export interface AccountLetterResult {
  /** False when the mailbox refused it, or when its link was replaced before it left. */
  readonly delivered: boolean;
}

export const accountLetter: ProcessContract<AccountLetterInput, AccountLetterResult> = {
  type: 'accountLetter',
  taskQueue: 'services',
  summary: 'A letter about somebody’s account, until it has left',
  workflowId: ({ letterId }) => `account-letter:${letterId}`,
};
