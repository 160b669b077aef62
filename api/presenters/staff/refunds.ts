import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { SentTransferRefusal, StandingRefund } from '../../../models/billing/hand-refund.js';
import type { CalendarDay } from '../../../rules/calendar.js';
import type { SentTransferField } from '../../forms/staff/sent-transfer.js';
import { moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';

/** How what staff wrote down of a refund was not taken. */
export interface RefundOutcome {
  readonly refusal?: SentTransferRefusal | 'atProvider';
  readonly rejected?: {
    readonly refundId: string;
    readonly typed: Readonly<Record<string, string>>;
    readonly wrong: readonly SentTransferField[];
  };
}

interface RefundsInput extends RefundOutcome {
  readonly refunds: readonly StandingRefund[];
  readonly mayChange: boolean;
  readonly today: CalendarDay;
}

/** For `staff/_refunds`: what goes back and how; and what staff have to send themselves, with the form that says they did. */
export function presentRefunds(reader: Reader, { refunds, mayChange, today, ...outcome }: RefundsInput) {
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `payments:refunds.${key}`, values);
  return {
    notice: outcome.refusal && { tone: 'bad', icon: 'hand-stop', text: says(`refused.${outcome.refusal}`) },
    refunds: refunds.map(({ refund, barred }) => ({
      amount: formatMoney(language, refund.amount),
      at: moment(reader, refund.returnedAt ?? refund.settledAt ?? refund.requestedAt),
      pill: pill(language, 'refund', refund.status),
      way: says(`way.${refund.transferReference ? 'transfer' : refund.payment.method}`),
      reference: refund.transferReference ?? refund.providerId ?? '',
      form: mayChange && !barred ? formOf(refund) : undefined,
    })),
  };

  function formOf({ id, amount, status }: StandingRefund['refund']) {
    const { rejected } = outcome;
    const { typed, wrong = [] } = rejected?.refundId === id ? rejected : {};
    const error = (field: SentTransferField) => (wrong.includes(field) ? says(`errors.${field}`) : undefined);
    return {
      id,
      action: `/staff/refunds/${id}/transfer`,
      title: says('owed', { amount: formatMoney(language, amount) }),
      submit: says('submit', { amount: formatMoney(language, amount) }),
      effect: says(status === 'requested' ? 'effect' : 'effectOfReturned'),
      sentOnField: `sentOn-${id}`,
      referenceField: `reference-${id}`,
      sentOn: typed?.sentOn ?? today,
      reference: typed?.reference ?? '',
      errors: wrong.map((field) => ({ field: `${field}-${id}`, text: says(`errors.${field}`) })),
      sentOnError: error('sentOn'),
      referenceError: error('reference'),
    };
  }
}
