import type { Response } from 'express';
import { countInvoices, invoiceSums, listInvoices } from '../../../models/billing/invoice-list.js';
import { dayAt } from '../../../rules/calendar.js';
import { sendCsv } from '../../csv-download.js';
import { csvHead, invoiceCells, invoiceList, presentInvoiceList } from '../../presenters/billing/list.js';
import { readListWish } from '../../presenters/list.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import type { BillingDeps } from './deps.js';

/** A customer's invoices, as a page and as a file. */
export function invoiceListRoutes({ now }: BillingDeps): RouteDeclaration[] {
  const right = { section: 'billing', level: 'visitor' } as const;

  async function list({ query }: PathRequest, response: Response): Promise<void> {
    const { customer, reader } = response.locals;
    const wish = readListWish(query, invoiceList);
    const today = dayAt(now(), customer.timeZone);
    const [listed, sums] = await Promise.all([listInvoices(customer, wish, today), invoiceSums(customer, today)]);
    const count = wish.query ? await countInvoices(customer, wish, today) : sums.counts[wish.filter ?? 'unpaid'];
    const { currency } = customer;
    response.render('billing/invoices', presentInvoiceList(reader, wish, { listed, sums, count, currency, today }));
  }

  async function csv({ query }: PathRequest, response: Response): Promise<void> {
    const { customer, reader } = response.locals;
    const wish = readListWish(query, invoiceList);
    const today = dayAt(now(), customer.timeZone);
    const read = (offset: number, limit: number) => listInvoices(customer, { ...wish, offset, limit }, today);
    await sendCsv(response, 'invoices.csv', csvHead(reader), read, (invoice) => invoiceCells(reader, invoice));
  }

  return [
    { method: 'get', path: '/invoices', right, handle: list },
    { method: 'get', path: '/invoices.csv', right, handle: csv },
  ];
}
