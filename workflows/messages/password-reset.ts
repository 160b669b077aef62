import type { AccountLetterResult } from './account-letter.js';
import type { ProcessContract } from './contract.js';

export interface PasswordResetInput {
  readonly resetId: string;
}

export const passwordReset: ProcessContract<PasswordResetInput, AccountLetterResult> = {
  type: 'passwordReset',
  taskQueue: 'services',
  summary: 'Somebody asked for a new password: whoever has that name gets a letter',
  workflowId: ({ resetId }) => `password-reset:${resetId}`,
};
