import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { Language } from '../../../rules/accounts/languages.js';
import type { StaffRole } from '../../../rules/accounts/staff-rights.js';
import { type DayExceeded, exceededInDay, mayWriteOff, writeOffLimit } from '../../../rules/billing/write-off-limit.js';
import type { Money } from '../../../rules/money.js';
import type { WriteOffField } from '../../forms/staff/write-off.js';
import type { Reader } from '../moments.js';
import type { Rejected } from './desk-plan.js';

interface WriteOffInput {
  readonly lost: Money;
  readonly role: StaffRole;
  /** What they wrote off within 24 hours. */
  readonly givenUp: readonly Money[];
  readonly action: string;
  readonly rejected?: Rejected<WriteOffField> | undefined;
}

/** Why somebody's role may not give up so much, of one invoice or within a day: in the currency that it is about. */
export function aboveLimit(
  language: Language,
  { limit, before }: Partial<DayExceeded> & { readonly limit: Money },
): string {
  const key = limit.amountMinor === 0 ? 'never' : before ? 'day' : 'one';
  const values = {
    limit: formatMoney(language, limit),
    currency: limit.currency,
    before: before && formatMoney(language, before),
  };
  return phrase(language, `payments:desk.writeOff.above.${key}`, values);
}

/** For `staff/_write-off`: what is given up stands before the button, and in it. */
export function presentWriteOff({ language }: Reader, { lost, role, givenUp, action, rejected }: WriteOffInput) {
  const amount = formatMoney(language, lost);
  const limit = writeOffLimit(role, lost.currency);
  const inDay = exceededInDay(role, [lost], givenUp);
  if (limit && !mayWriteOff(role, lost)) return { above: aboveLimit(language, { limit }) };
  if (inDay) return { above: aboveLimit(language, inDay) };
  const says = (key: string) => phrase(language, `payments:desk.writeOff.${key}`, { amount });
  const error = (field: WriteOffField) => (rejected?.wrong.includes(field) ? says(`errors.${field}`) : undefined);
  return {
    action,
    effect: says('effect'),
    limit: limit && phrase(language, 'payments:desk.writeOff.limit', { limit: formatMoney(language, limit) }),
    submit: says('submit'),
    reason: rejected?.typed.reason ?? '',
    isOpen: rejected !== undefined,
    errors: rejected?.wrong.map((field) => ({ field, text: says(`errors.${field}`) })),
    reasonError: error('reason'),
    confirmedError: error('confirmed'),
  };
}
