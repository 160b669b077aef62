import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { Money } from '../../../rules/money.js';
import type { WriteOffField } from '../../forms/staff/write-off.js';
import type { Reader } from '../moments.js';
import type { Rejected } from './desk-plan.js';

interface WriteOffInput {
  readonly lost: Money;
  readonly action: string;
  readonly rejected?: Rejected<WriteOffField> | undefined;
}

/** For `staff/_write-off`: what is given up stands before the button, and in it. */
export function presentWriteOff({ language }: Reader, { lost, action, rejected }: WriteOffInput) {
  const amount = formatMoney(language, lost);
  const says = (key: string) => phrase(language, `payments:desk.writeOff.${key}`, { amount });
  const error = (field: WriteOffField) => (rejected?.wrong.includes(field) ? says(`errors.${field}`) : undefined);
  return {
    action,
    effect: says('effect'),
    submit: says('submit'),
    reason: rejected?.typed.reason ?? '',
    isOpen: rejected !== undefined,
    errors: rejected?.wrong.map((field) => ({ field, text: says(`errors.${field}`) })),
    reasonError: error('reason'),
    confirmedError: error('confirmed'),
  };
}
