import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { FailedPayment } from '../../../models/billing/failed-payment.js';
import { BATCH_LIMIT, type BatchAct, leftOut } from '../../../rules/billing/batch-selection.js';
import type { WriteOffField } from '../../forms/staff/write-off.js';
import type { Reader } from '../moments.js';
import { pill } from '../pill.js';
import type { Rejected } from './desk-plan.js';
import { becauseOf } from './failed-words.js';

export interface PreviewInput {
  readonly act: BatchAct;
  readonly found: readonly FailedPayment[];
  /** Makes one set of many clicks. */
  readonly batch: string;
  readonly rejected?: Rejected<WriteOffField>;
}

/** What would be done with a set, how much it is, and who is left out and why, before anything is sent. */
export function presentPreview(reader: Reader, { act, found, batch, rejected }: PreviewInput) {
  const { language } = reader;
  const amount = sumOf(
    language,
    found.filter((each) => !leftOut(act, each)),
  );
  const says = (key: string, values = {}) => phrase(language, `payments:batch.${key}`, { amount, ...values });
  const chosen = found.filter((each) => !leftOut(act, each));
  const error = (field: WriteOffField) =>
    rejected?.wrong.includes(field) ? phrase(language, `payments:desk.writeOff.errors.${field}`) : undefined;
  return {
    title: says(`title.${act}`),
    crumbs: [{ label: phrase(language, 'payments:list.title'), address: '/staff/payments' }],
    sub: says('sum', { count: chosen.length }),
    act,
    batch,
    numbers: chosen.map(({ number }) => number).join(','),
    effect: says(`effect.${act}`),
    submit: says(`submit.${act}`, { count: chosen.length }),
    isLoss: act === 'write_off',
    bounded: found.length === BATCH_LIMIT ? says('bounded', { limit: BATCH_LIMIT }) : undefined,
    none: chosen.length === 0 ? says('none') : undefined,
    reason: rejected?.typed.reason ?? '',
    errors: rejected?.wrong.map((field) => ({ field, text: error(field) })),
    reasonError: error('reason'),
    confirmedError: error('confirmed'),
    chosen: chosen.map((each) => rowOf(reader, each)),
    left: found.flatMap((each) => {
      const why = leftOut(act, each);
      return why ? [{ ...rowOf(reader, each), why: says(`left.${why}`) }] : [];
    }),
  };
}

function rowOf({ language }: Reader, each: FailedPayment) {
  return {
    number: each.number,
    address: `/staff/payments/${each.number}`,
    customer: each.customerName,
    amount: formatMoney(language, { amountMinor: each.dueMinor, currency: each.currency }),
    pill: pill(language, 'collection', each.standing),
    because: becauseOf(language, each),
  };
}

/** A sum a currency, side by side; they are never added. */
function sumOf(language: Reader['language'], rows: readonly FailedPayment[]): string {
  const sums = new Map<string, number>();
  for (const { currency, dueMinor } of rows) sums.set(currency, (sums.get(currency) ?? 0) + dueMinor);
  return [...sums].map(([currency, amountMinor]) => formatMoney(language, { amountMinor, currency })).join(' + ');
}
