import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import { type InvoiceSums, invoiceFilters, type ListedInvoice } from '../../../models/billing/invoice-list.js';
import type { CalendarDay } from '../../../rules/calendar.js';
import type { Narrowing } from '../../forms/narrowing.js';
import { amountCell, type Cell } from '../csv.js';
import type { ListOffer, ListWish } from '../list.js';
import { headOf, presentListed } from '../listed.js';
import { day, type Reader } from '../moments.js';
import { pill } from '../pill.js';

export const invoiceList = {
  id: 'invoices',
  address: '/invoices',
  sorts: ['due', 'number', 'issued', 'status', 'total'],
  filters: invoiceFilters,
  searchable: true,
  csv: '/invoices.csv',
} as const satisfies ListOffer;

type Wish = ListWish<(typeof invoiceList.sorts)[number], (typeof invoiceFilters)[number]>;

export interface InvoiceListInput {
  readonly listed: readonly ListedInvoice[];
  readonly sums: InvoiceSums;
  readonly count: number;
  readonly narrowing: Narrowing;
  readonly currency: string;
  readonly today: CalendarDay;
}

const words = 'billing:list';
const state = { name: 'state', sort: 'status' } as const;
const amount = { name: 'amount', sort: 'total', number: true } as const;
const actions = { name: 'actions', hidden: true };

export function presentInvoiceList(reader: Reader, wish: Wish, input: InvoiceListInput) {
  const { listed, sums, today, count, narrowing } = input;
  const columns = ['number', 'issued', 'due', state, amount, actions];
  const found = { count, narrowing, contracts: sums.contracts, counts: sums.counts };
  const list = presentListed(reader, invoiceList, wish, { words, columns, ...found });
  const plain = !wish.query && !list.narrow?.isNarrowed;
  return {
    title: phrase(reader.language, `${words}.title`),
    isEmpty: sums.counts.all === 0,
    nothingOwed: sums.counts.all > 0 && count === 0 && plain && wish.filter === 'unpaid',
    kpis: presentSums(reader, input),
    list,
    invoices: listed.map((invoice) => presentRow(reader, invoice, today)),
  };
}

function presentSums(reader: Reader, { sums, currency }: InvoiceListInput) {
  const says = (key: string, values = {}) => phrase(reader.language, `billing:list.kpis.${key}`, values);
  const money = (amountMinor: number) => formatMoney(reader.language, { amountMinor, currency });
  const { counts, unpaidMinor, overdueMinor, overdueSince } = sums;
  const open = { label: says('open'), figure: money(unpaidMinor), detail: says('invoices', { count: counts.unpaid }) };
  if (!overdueSince) return [open];
  const since = says('since', { day: day(reader, overdueSince).exact });
  return [open, { label: says('overdue'), figure: money(overdueMinor), detail: since, bad: true }];
}

function presentRow(reader: Reader, invoice: ListedInvoice, today: CalendarDay) {
  const { number, about, issuedOn, dueOn, totalMinor: amountMinor, currency, status } = invoice;
  const overdue = status === 'open' && dueOn < today;
  return {
    number,
    about,
    address: `/invoices/${number}`,
    issued: day(reader, issuedOn),
    due: day(reader, dueOn),
    pill: pill(reader.language, 'invoice', overdue ? 'overdue' : status),
    amount: formatMoney(reader.language, { amountMinor, currency }),
    open: status === 'open',
    overdue,
    print: `/invoices/${number}/print`,
  };
}

const csvColumns = ['number', 'about', 'issued', 'due', 'state', 'net', 'vat', 'total', 'currency'];

export function invoiceCsvHead(reader: Reader): string[] {
  return headOf(reader, `${words}.csv`, csvColumns);
}

export function invoiceCells({ language }: Reader, invoice: ListedInvoice): Cell[] {
  const { number, about, issuedOn, dueOn, status, currency, netMinor, vatMinor, totalMinor } = invoice;
  const amounts = [netMinor, vatMinor, totalMinor].map((amountMinor) => amountCell({ amountMinor, currency }));
  return [number, about, issuedOn, dueOn, phrase(language, `states:invoice.${status}`), ...amounts, currency];
}
