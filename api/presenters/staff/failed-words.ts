import { phrase } from '../../../locales/phrases.js';
import type { FailedPayment } from '../../../models/billing/failed-payment.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { dayAt } from '../../../rules/calendar.js';
import { declineWords } from '../billing/decline-words.js';
import { day, type Moment, moment, type Reader } from '../moments.js';

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

/** Which try of the schedule's the last one was: `2 of 6`; how many there were where no schedule goes on. */
export function triesOf({ language }: Reader, { standing, tries, stage, stages }: FailedPayment): string[] {
  if (standing !== 'soft') return [String(tries)];
  const counted = phrase(language, 'payments:dunning.stage', { stage: Math.min(stage, stages), stages });
  return tries === stage ? [counted] : [counted, phrase(language, 'payments:dunning.inAll', { tries })];
}

/** What follows where nobody pays: an order lapses, or the schedule ends and nothing more comes by itself. */
export function dunningOf(reader: Reader, each: FailedPayment): string {
  const { standing, lapsesAt } = each;
  const says = (key: string, at?: Date) =>
    phrase(reader.language, `payments:dunning.${key}`, at && { at: day(reader, dayAt(at, reader.timeZone)).text });
  if (standing === 'unknown') return says('held');
  if (lapsesAt) return says('lapses', lapsesAt);
  const last = lastTryOf(each);
  return last ? says('lastTry', last) : says(standing === 'soft' ? 'through' : 'nothing');
}

/** The days of a schedule lie no closer than a card rests: only what was put off pushes those after it. */
function lastTryOf({ standing, nextTryAt, scheduleEndsAt, stage, stages, restDays }: FailedPayment): Date | undefined {
  if (standing !== 'soft' || !nextTryAt || !scheduleEndsAt) return undefined;
  const pushed = nextTryAt.getTime() + (stages - stage - 1) * restDays * 86_400_000;
  return new Date(Math.max(pushed, scheduleEndsAt.getTime()));
}
