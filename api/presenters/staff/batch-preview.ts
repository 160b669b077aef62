import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { FailedPayment } from '../../../models/billing/failed-payment.js';
import { BATCH_LIMIT, type BatchAct, type Circumstances, leftOut } from '../../../rules/billing/batch-selection.js';
import { LATEST_DAYS, MOST_DAYS } from '../../../rules/billing/schedule-change.js';
import { exceededInDay } from '../../../rules/billing/write-off-limit.js';
import type { Money } from '../../../rules/money.js';
import type { BatchField } from '../../forms/staff/batch.js';
import { moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';
import type { Rejected } from './desk-plan.js';
import { aboveLimit } from './desk-write-off.js';
import { becauseOf } from './failed-words.js';

export interface PreviewInput extends Circumstances {
  readonly act: BatchAct;
  readonly found: readonly FailedPayment[];
  /** What they wrote off within 24 hours. */
  readonly givenUp: readonly Money[];
  /** Makes one set of many clicks. */
  readonly batch: string;
  readonly rejected?: Rejected<BatchField>;
}

/** What would be done with a set, how much it is, and who is left out and why, before anything is sent. */
export function presentPreview(reader: Reader, input: PreviewInput) {
  const { language } = reader;
  const { act, found, batch } = input;
  const sorted = found.map((each) => ({ each, why: leftOut(act, each, input) }));
  const chosen = sorted.filter(({ why }) => !why).map(({ each }) => each);
  const amount = sumOf(language, chosen);
  const says = (key: string, values = {}) => phrase(language, `payments:batch.${key}`, { amount, ...values });
  const exceeded = act === 'write_off' ? exceededInDay(input.role, chosen.map(dueOf), input.givenUp) : undefined;
  return {
    title: says(`title.${act}`),
    crumbs: [{ label: phrase(language, 'payments:list.title'), address: '/staff/payments' }],
    sub: says('sum', { count: chosen.length }),
    act,
    batch,
    numbers: chosen.map(({ number }) => number).join(','),
    effect: says(`effect.${act}`),
    above: exceeded && aboveLimit(language, exceeded),
    submit: { label: says(`submit.${act}`, { count: chosen.length }), ...buttons[act] },
    asks: { loss: act === 'write_off', days: act === 'grant', reason: act === 'write_off' || act === 'grant' },
    bounded: found.length === BATCH_LIMIT ? says('bounded', { limit: BATCH_LIMIT }) : undefined,
    none: chosen.length === 0 ? says('none') : undefined,
    ...detailsOf(reader, input),
    chosen: chosen.map((each) => rowOf(reader, each, act)),
    left: sorted.flatMap(({ each, why }) => (why ? [{ ...rowOf(reader, each, act), why: says(`left.${why}`) }] : [])),
  };
}

const buttons = {
  retry: { icon: 'refresh', look: 'btn-primary' },
  ask_card: { icon: 'mail', look: 'btn-primary' },
  grant: { icon: 'calendar-due', look: 'btn-primary' },
  write_off: { icon: 'ban', danger: true },
} as const;

/** What was typed, or is offered; and what is wrong with it. */
function detailsOf({ language }: Reader, { act, days, rejected }: PreviewInput) {
  const place = act === 'grant' ? 'grant' : 'writeOff';
  const says = (key: string) => phrase(language, `payments:desk.${key}`, { most: MOST_DAYS, latest: LATEST_DAYS });
  const error = (field: BatchField) => (rejected?.wrong.includes(field) ? says(`${place}.errors.${field}`) : undefined);
  return {
    days: rejected?.typed.days ?? String(days),
    daysHint: says('grant.daysHint'),
    reason: rejected?.typed.reason ?? '',
    errors: rejected?.wrong.map((field) => ({ field, text: error(field) })),
    daysError: error('days'),
    reasonError: error('reason'),
    confirmedError: error('confirmed'),
  };
}

export function dueOf({ dueMinor: amountMinor, currency }: FailedPayment): Money {
  return { amountMinor, currency };
}

function rowOf(reader: Reader, each: FailedPayment, act: BatchAct) {
  const { language } = reader;
  const next = act === 'grant' && each.nextTryAt ? moment(reader, each.nextTryAt).text : undefined;
  return {
    number: each.number,
    address: `/staff/payments/${each.number}`,
    customer: each.customerName,
    amount: formatMoney(language, dueOf(each)),
    pill: pill(language, 'collection', each.standing),
    because: next ? phrase(language, 'payments:batch.next', { at: next }) : becauseOf(language, each),
  };
}

/** A sum a currency, side by side; they are never added. */
function sumOf(language: Reader['language'], rows: readonly FailedPayment[]): string {
  const sums = new Map<string, number>();
  for (const { currency, dueMinor } of rows) sums.set(currency, (sums.get(currency) ?? 0) + dueMinor);
  return [...sums].map(([currency, amountMinor]) => formatMoney(language, { amountMinor, currency })).join(' + ');
}
