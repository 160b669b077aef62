import { MockActivityEnvironment } from '@temporalio/testing';
import { createAccountLetterActivities } from '../../activities/accounts/account-letters.js';
import type { Letter } from '../../gateways/mailer.js';
import { AccountLetter } from '../../models/accounts/account-letter.js';
import { PasswordReset } from '../../models/accounts/password-reset.js';
import { LetterSent } from '../../models/durable/letter-sent.js';
import { Mailbox } from './mailbox.js';

const shopUrl = 'https://shop.example';

/** Does what the processes of accounts would do by now, at a time of the shop's; the letters that left. */
export async function lettersSent(now: Date, mailer = new Mailbox()): Promise<readonly Letter[]> {
  const activities = createAccountLetterActivities({ mailer, shopUrl, linkKey: 'a key for tests' });
  const environment = new MockActivityEnvironment({ scheduledTimestampMs: now.getTime() });
  const asked = await PasswordReset.query().whereNotNull('name').orderBy('askedAt');
  for (const { id } of asked) await environment.run(activities.openPasswordReset, id);
  const sent = (await LetterSent.query()).map(({ id }) => id);
  for (const { id } of await AccountLetter.query().orderBy('happenedAt'))
    if (!sent.includes(`account-letter-${id}`)) await environment.run(activities.sendAccountLetter, id);
  return mailer.letters;
}

/** Where a letter leads, on the shop's own pages. */
export function linkIn({ text }: Pick<Letter, 'text'>): string {
  return text.match(/https:\/\/shop\.example(\/[^\s\]]+)/)?.[1] ?? '';
}
