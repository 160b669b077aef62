import { phrase } from '../../../locales/phrases.js';
import type { FailedPayment } from '../../../models/billing/failed-payment.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { declineWords } from '../billing/decline-words.js';
import { type Moment, moment, type Reader } from '../moments.js';

/** Why nothing was paid, in a few words. */
export function becauseOf(language: Language, { standing, declineCode, hasCard }: FailedPayment): string {
  const says = (key: string) => phrase(language, `payments:because.${key}`);
  if (standing === 'untried') return says(hasCard ? 'untried' : 'cardless');
  if (standing === 'unknown' || standing === 'under_way') return says(standing);
  return says(declineWords(declineCode, standing));
}

/** When a card is tried by itself; or why it is not, and what would help. */
export function nextTryOf(
  reader: Reader,
  { standing, nextTryAt, hasCard }: FailedPayment,
  now: Date,
): { at: Moment | undefined; words: string | undefined } {
  const says = (key: string) => phrase(reader.language, `payments:next.${key}`);
  if (nextTryAt && !hasCard) return { at: undefined, words: says('cardless') };
  if (nextTryAt && nextTryAt > now) return { at: moment(reader, nextTryAt), words: undefined };
  return { at: undefined, words: says(nextTryAt ? 'now' : standing) };
}

/** Which try of the schedule's the last one was: `2 of 6`; nothing where the schedule does not count it. */
export function stageOf({ language }: Reader, { standing, stage, stages }: FailedPayment): string | undefined {
  if (stage === 0 || standing === 'unknown' || standing === 'under_way') return undefined;
  return phrase(language, 'payments:dunning.stage', { stage: Math.min(stage, stages), stages });
}

/** What follows where nobody pays: an order lapses, or the schedule ends and nothing more comes by itself. */
export function dunningOf(reader: Reader, each: FailedPayment, now: Date): string {
  const { standing, lapsesAt, scheduleEndsAt, nextTryAt } = each;
  const says = (key: string, at?: Date) =>
    phrase(reader.language, `payments:dunning.${key}`, at ? { at: moment(reader, at).text } : {});
  if (standing === 'unknown') return says('held');
  if (lapsesAt) return says('lapses', lapsesAt);
  if (!nextTryAt) return says(standing === 'soft' ? 'through' : 'nothing');
  const last = scheduleEndsAt && scheduleEndsAt > nextTryAt ? scheduleEndsAt : nextTryAt;
  return standing === 'soft' && last > now ? says('lastTry', last) : says('nothing');
}
