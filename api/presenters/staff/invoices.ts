import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import { invoiceSorts, type ListedInvoice, staffInvoiceFilters } from '../../../models/billing/invoice-list.js';
import type { CalendarDay } from '../../../rules/calendar.js';
import type { Narrowing } from '../../forms/narrowing.js';
import { amountCell, type Cell } from '../csv.js';
import type { ListOffer, ListWish } from '../list.js';
import { headOf, presentListed } from '../listed.js';
import { day, type Reader } from '../moments.js';
import { pill } from '../pill.js';

export const invoicesOffer = {
  id: 'invoices',
  address: '/staff/invoices',
  sorts: invoiceSorts,
  filters: staffInvoiceFilters,
  searchable: true,
  csv: '/staff/invoices.csv',
} as const satisfies ListOffer;

type InvoicesWish = ListWish<(typeof invoiceSorts)[number], (typeof staffInvoiceFilters)[number]>;

interface InvoicesInput {
  readonly listed: readonly ListedInvoice[];
  readonly count: number;
  readonly narrowing: Narrowing;
  readonly today: CalendarDay;
}

const words = 'staff:invoices';
const state = { name: 'state', sort: 'status' } as const;
const total = { name: 'total', sort: 'total', number: true } as const;

export function presentInvoices(
  reader: Reader,
  wish: InvoicesWish,
  { listed, count, narrowing, today }: InvoicesInput,
) {
  const { language } = reader;
  const { from, until } = narrowing;
  const columns = ['number', 'customer', 'issued', 'due', state, total];
  const list = presentListed(reader, invoicesOffer, wish, { words, columns, count, narrowing: { from, until } });
  return {
    title: phrase(language, `${words}.title`),
    list,
    rows: listed.map((invoice) => ({
      number: invoice.number,
      address: `/staff/invoices/${invoice.number}`,
      about: invoice.about,
      customer: invoice.customerName,
      customerNumber: invoice.customerNumber,
      issued: day(reader, invoice.issuedOn),
      due: day(reader, invoice.dueOn),
      pill: invoicePill(reader, invoice, today),
      total: formatMoney(language, { amountMinor: invoice.totalMinor, currency: invoice.currency }),
    })),
  };
}

/** An open one past its day is told as overdue. */
export function invoicePill(
  { language }: Reader,
  { status, dueOn }: Pick<ListedInvoice, 'status' | 'dueOn'>,
  today: CalendarDay,
) {
  return pill(language, 'invoice', status === 'open' && dueOn < today ? 'overdue' : status);
}

const csvColumns = ['number', 'customerNumber', 'customer', 'about', 'issued', 'due', 'state', 'net', 'vat', 'total'];

export function invoicesCsvHead(reader: Reader): string[] {
  return headOf(reader, words, [...csvColumns, 'currency']);
}

export function invoiceCells({ language }: Reader, invoice: ListedInvoice): Cell[] {
  const { number, customerNumber, customerName, about, issuedOn, dueOn, status, currency } = invoice;
  const amounts = [invoice.netMinor, invoice.vatMinor, invoice.totalMinor].map((amountMinor) =>
    amountCell({ amountMinor, currency }),
  );
  const state = phrase(language, `states:invoice.${status}`);
  return [number, customerNumber, customerName, about, issuedOn, dueOn, state, ...amounts, currency];
}
