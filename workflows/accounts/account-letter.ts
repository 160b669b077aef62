import { proxyActivities } from '@temporalio/workflow';
import type { AccountLetterActivities } from '../../activities/accounts/account-letters.js';
import { postal } from '../durable/patience.js';
import type { AccountLetterInput, AccountLetterResult } from '../messages/account-letter.js';

const { sendAccountLetter } = proxyActivities<AccountLetterActivities>(postal);

/** Started by a change of somebody's account that they are told of; over when the letter has left or was refused. */
export async function accountLetter({ letterId }: AccountLetterInput): Promise<AccountLetterResult> {
  return sendAccountLetter(letterId);
}
