import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import {
  type InvoiceSums,
  invoiceFilters,
  invoiceSorts,
  type ListedInvoice,
} from '../../../models/billing/invoice-list.js';
import type { CalendarDay } from '../../../rules/calendar.js';
import type { Cell } from '../csv.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import { day, type Reader } from '../moments.js';
import { pill } from '../pill.js';

export const invoiceList = {
  id: 'invoices',
  address: '/invoices',
  sorts: invoiceSorts,
  filters: invoiceFilters,
  searchable: true,
  csv: '/invoices.csv',
} as const satisfies ListOffer;

type Wish = ListWish<(typeof invoiceSorts)[number], (typeof invoiceFilters)[number]>;

export interface InvoiceListInput {
  readonly listed: readonly ListedInvoice[];
  readonly sums: InvoiceSums;
  readonly count: number;
  readonly currency: string;
  readonly today: CalendarDay;
}

export function presentInvoiceList(reader: Reader, wish: Wish, input: InvoiceListInput) {
  const { language } = reader;
  const { listed, sums, count, today } = input;
  const says = (key: string) => phrase(language, `billing:list.${key}`);
  const filter = (name: (typeof invoiceFilters)[number]) => ({
    label: says(`filters.${name}`),
    count: sums.counts[name],
  });
  const filters = { unpaid: filter('unpaid'), all: filter('all'), overdue: filter('overdue'), paid: filter('paid') };
  const columns = [
    { label: says('number'), sort: 'number' },
    { label: says('due'), sort: 'due' },
    { label: says('state'), sort: 'status' },
    { label: says('amount'), sort: 'total', number: true },
    { label: says('actions'), hidden: true },
  ] as const;
  return {
    title: says('title'),
    isEmpty: sums.counts.all === 0,
    nothingOwed: sums.counts.all > 0 && count === 0 && !wish.query && wish.filter === 'unpaid',
    kpis: presentSums(reader, input),
    list: presentList(invoiceList, wish, { language, columns, filters, count }),
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
  const { number, about, dueOn, total, status } = invoice;
  const overdue = status === 'open' && dueOn < today;
  return {
    number,
    about,
    address: `/invoices/${number}`,
    due: day(reader, dueOn),
    pill: pill(reader.language, 'invoice', overdue ? 'overdue' : status),
    amount: formatMoney(reader.language, total),
    open: status === 'open',
    overdue,
    print: `/invoices/${number}/print`,
  };
}

export function csvHead({ language }: Reader): string[] {
  const columns = ['number', 'about', 'issued', 'due', 'state', 'net', 'vat', 'total', 'currency'];
  return columns.map((column) => phrase(language, `billing:list.csv.${column}`));
}

export function invoiceCells({ language }: Reader, invoice: ListedInvoice): Cell[] {
  const { number, about, issuedOn, dueOn, status, currency, netMinor, vatMinor, totalMinor } = invoice;
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const amounts = [netMinor, vatMinor, totalMinor].map((minor) => minor / 10 ** digits);
  return [number, about, issuedOn, dueOn, phrase(language, `states:invoice.${status}`), ...amounts, currency];
}
