import { type Letter, type Mailer, MailRefused } from '../../gateways/mailer.js';
import { LetterSent } from '../../models/durable/letter-sent.js';
import { attemptedAt } from './clock.js';
import { heartbeating } from './heartbeats.js';

/** Not delivered: the mailbox refused for good. While the mail server is away the activity is tried again. */
export interface Delivery {
  readonly delivered: boolean;
}

/** Sends a letter once: what is known to have left under its id is not sent again, whoever asks. */
export async function deliverOnce(mailer: Mailer, letter: Letter): Promise<Delivery> {
  const sent = await LetterSent.query().findById(letter.id);
  if (sent) return { delivered: sent.delivered };
  const delivered = await heartbeating(() => accepted(mailer, letter));
  const row = { id: letter.id, to: letter.to, delivered, sentAt: attemptedAt() };
  await LetterSent.query().insert(row).onConflict('id').ignore();
  return { delivered };
}

/**
 * What a time that a letter names counts from: when it left, or this attempt, which sends it. A mail server that is away, or a
 * stop, may keep it back for longer than the time would last.
 */
export async function leavingAt(letterId: string): Promise<Date> {
  return (await LetterSent.query().findById(letterId))?.sentAt ?? attemptedAt();
}

async function accepted(mailer: Mailer, letter: Letter): Promise<boolean> {
  try {
    await mailer.send(letter);
    return true;
  } catch (error) {
    if (error instanceof MailRefused) return false;
    throw error;
  }
}
