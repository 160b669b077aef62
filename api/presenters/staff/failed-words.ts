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
