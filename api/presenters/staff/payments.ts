import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { FailedPayment } from '../../../models/billing/failed-payment.js';
import { type FailedSums, failedFilters, failedSorts } from '../../../models/billing/failed-payment-list.js';
import { cardName } from '../../../rules/billing/card-name.js';
import { type CalendarDay, daysBetween } from '../../../rules/calendar.js';
import type { FailedNarrowing } from '../../forms/staff/failed-narrowing.js';
import { amountCell, type Cell } from '../csv.js';
import type { ListOffer, ListWish } from '../list.js';
import { headOf, presentListed } from '../listed.js';
import { day, moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';
import { bulkOf, failedChoices } from './failed-acts.js';
import { becauseOf, dunningOf, nextTryOf, triesOf } from './failed-words.js';

export const failedOffer = {
  id: 'payments',
  address: '/staff/payments',
  sorts: failedSorts,
  filters: failedFilters,
  searchable: true,
  csv: '/staff/payments.csv',
} as const satisfies ListOffer;

type FailedWish = ListWish<(typeof failedSorts)[number], (typeof failedFilters)[number]>;

interface FailedInput {
  readonly listed: readonly FailedPayment[];
  readonly count: number;
  readonly sums: readonly FailedSums[];
  readonly today: CalendarDay;
  readonly now: Date;
  readonly narrow: FailedNarrowing;
  readonly mayChange: boolean;
}

const words = 'payments:list';
const amount = { name: 'amount', sort: 'amount', number: true } as const;

export function presentFailed(reader: Reader, wish: FailedWish, input: FailedInput) {
  const { language } = reader;
  const { listed, count, sums, today, now, mayChange, narrow } = input;
  const says = (key: string, values = {}) => phrase(language, `${words}.${key}`, values);
  const counts = countsOf(sums);
  const shown = ['number', 'customer', amount, 'because', 'tries', 'next', 'due', { name: 'actions', hidden: true }];
  const columns = mayChange ? [{ name: 'pick', hidden: true }, ...shown] : shown;
  const choices = failedChoices(reader, narrow);
  const list = presentListed(reader, failedOffer, wish, { words, columns, count, counts, choices });
  return {
    title: says('title'),
    scripts: mayChange ? ['bulk.js'] : [],
    total: counts.failed,
    sub: counts.failed > 0 ? sentenceOf(reader, sums) : says('sub'),
    nothing: Object.values(counts).every((each) => each === 0),
    list: { ...list, bulk: mayChange ? bulkOf(reader, list, wish) : undefined },
    mayChange,
    rows: listed.map((each) => ({
      number: each.number,
      pick: says('pickOne', { number: each.number }),
      actions: says('actionsOf', { number: each.number }),
      address: `/staff/payments/${each.number}`,
      card: cardOf(each),
      customer: each.customerName,
      customerNumber: each.customerNumber,
      customerAddress: `/staff/customers/${each.customerNumber}`,
      amount: formatMoney(language, { amountMinor: each.dueMinor, currency: each.currency }),
      pill: pill(language, 'collection', each.standing),
      because: becauseOf(language, each),
      code: each.declineCode,
      minor: each.dueMinor,
      currency: each.currency,
      ...namedTries(triesOf(reader, each)),
      tried: each.triedAt && moment(reader, each.triedAt),
      next: nextTryOf(reader, each, now),
      said: saidOf(reader, each),
      dunning: dunningOf(reader, each),
      dueWords:
        each.dueOn < today
          ? says('overdueFor', { count: daysBetween(each.dueOn, today) })
          : says('dueOn', { day: day(reader, each.dueOn).text }),
    })),
  };
}

function namedTries([tries, inAll]: string[]) {
  return { tries, inAll };
}

/** What staff did about it already. */
function saidOf(reader: Reader, { isPlanned, heldUntil, cardAskedAt, nextTryAt }: FailedPayment): string | undefined {
  const says = (key: string, values = {}) => phrase(reader.language, `${words}.${key}`, values);
  if (isPlanned) return says('planned');
  if (heldUntil && nextTryAt?.getTime() === heldUntil.getTime()) return says('held');
  return cardAskedAt ? says('cardAsked', { at: moment(reader, cardAskedAt).text }) : undefined;
}

function cardOf({ brand, last4 }: FailedPayment): string | undefined {
  return brand && last4 ? cardName({ brand, last4 }) : undefined;
}

function countsOf(sums: readonly FailedSums[]): FailedSums['counts'] {
  const added = failedFilters.map((name) => [name, sums.reduce((sum, { counts }) => sum + counts[name], 0)]);
  return Object.fromEntries(added);
}

/** Amounts of several currencies stand side by side; they are never added. */
function sentenceOf({ language }: Reader, sums: readonly FailedSums[]): string {
  const says = (key: string, values = {}) => phrase(language, `${words}.${key}`, values);
  const add = (of: (each: FailedSums) => number) => sums.reduce((sum, each) => sum + of(each), 0);
  const failed = sums.filter(({ amountMinor }) => amountMinor > 0);
  const parts = [
    says('from', {
      amount: failed.map((each) => formatMoney(language, each)).join(' + '),
      count: add(({ customers }) => customers),
    }),
    says('byItself', { count: add(({ byItself }) => byItself) }),
    says('byCustomer', { count: add(({ byCustomer }) => byCustomer) }),
    says('outcomes', { count: add(({ counts }) => counts.unknown) }),
  ];
  return parts.join(' ');
}

const csvColumns = ['number', 'customerNumber', 'customer', 'amount', 'currency', 'state', 'because', 'code', 'card'];
const csvDays = ['tries', 'tried', 'next', 'due'];

export function failedCsvHead(reader: Reader): string[] {
  return headOf(reader, words, [...csvColumns, ...csvDays]);
}

export function failedCells({ language }: Reader, each: FailedPayment): Cell[] {
  const { number, customerNumber, customerName, standing, declineCode, tries, triedAt, nextTryAt, dueOn } = each;
  const due = { amountMinor: each.dueMinor, currency: each.currency };
  const state = phrase(language, `states:collection.${standing}`);
  const said = [amountCell(due), due.currency, state, becauseOf(language, each), declineCode, cardOf(each)];
  return [number, customerNumber, customerName, ...said, tries, triedAt, nextTryAt, dueOn];
}
