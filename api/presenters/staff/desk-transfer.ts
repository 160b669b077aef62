import { phrase } from '../../../locales/phrases.js';
import { typedAmount } from '../../../rules/billing/typed-amount.js';
import type { CalendarDay } from '../../../rules/calendar.js';
import type { Money } from '../../../rules/money.js';
import type { TransferField } from '../../forms/staff/transfer.js';
import type { Reader } from '../moments.js';

export interface RejectedTransfer {
  readonly typed: Readonly<Record<string, string>>;
  readonly wrong: readonly TransferField[];
}

/**
 * For `staff/_transfer`: filled in with what is owed and today, or with what was typed and what is wrong with it. Where
 * nothing is owed it says that all of it becomes credit, and no amount is proposed.
 */
export function presentTransfer(
  { language }: Reader,
  { due, today, action, rejected }: { due: Money; today: CalendarDay; action: string; rejected?: RejectedTransfer },
) {
  const says = (key: string, values = {}) => phrase(language, `payments:desk.transfer.${key}`, values);
  const error = (field: TransferField) => (rejected?.wrong.includes(field) ? says(`errors.${field}`) : undefined);
  const { typed } = rejected ?? {};
  const asCredit = due.amountMinor === 0;
  return {
    action,
    asCredit,
    title: says(asCredit ? 'lateTitle' : 'title'),
    effect: says(asCredit ? 'lateEffect' : 'effect'),
    submit: says(asCredit ? 'lateSubmit' : 'submit'),
    amountLabel: says('amount', { currency: due.currency }),
    amount: typed?.amount ?? (asCredit ? '' : typedAmount(due)),
    receivedOn: typed?.receivedOn ?? today,
    reference: typed?.reference ?? '',
    errors: rejected?.wrong.map((field) => ({ field, text: says(`errors.${field}`) })),
    amountError: error('amount'),
    receivedOnError: error('receivedOn'),
    referenceError: error('reference'),
  };
}
