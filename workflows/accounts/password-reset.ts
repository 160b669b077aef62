import { proxyActivities } from '@temporalio/workflow';
import type { AccountLetterActivities } from '../../activities/accounts/account-letters.js';
import { postal, quick } from '../durable/patience.js';
import type { AccountLetterResult } from '../messages/account-letter.js';
import type { PasswordResetInput } from '../messages/password-reset.js';

const { openPasswordReset } = proxyActivities<AccountLetterActivities>(quick);
const { sendAccountLetter } = proxyActivities<AccountLetterActivities>(postal);

/** Started by whoever asked on the page; over at once where nobody has the name they gave, else when the letter has left. */
export async function passwordReset({ resetId }: PasswordResetInput): Promise<AccountLetterResult> {
  const { letterId } = await openPasswordReset(resetId);
  return letterId === undefined ? { delivered: false } : sendAccountLetter(letterId);
}
