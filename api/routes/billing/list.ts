import type { Response } from 'express';
import { listInvoices, pageWithSums } from '../../../models/billing/invoice-list.js';
import { dayAt } from '../../../rules/calendar.js';
import { sendCsv } from '../../csv-download.js';
import { readNarrowing } from '../../forms/narrowing.js';
import { invoiceCells, invoiceCsvHead, invoiceList, presentInvoiceList } from '../../presenters/billing/list.js';
import { readListWish } from '../../presenters/list.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import type { BillingDeps } from './deps.js';

/** A customer's invoices, as a page and as a file. */
export function invoiceListRoutes({ now }: BillingDeps): RouteDeclaration[] {
  const right = { section: 'billing', level: 'visitor' } as const;

  async function list(request: PathRequest, response: Response): Promise<void> {
    const { customer, reader } = response.locals;
    const { wish, narrowing, wanted } = asked(request, response);
    const { today } = wanted;
    const { beside: sums, ...found } = await pageWithSums(customer, wanted, wish);
    const { currency } = customer;
    const input = { ...found, sums, narrowing, currency, today };
    response.render('billing/invoices', presentInvoiceList(reader, wish, input));
  }

  async function csv(request: PathRequest, response: Response): Promise<void> {
    const { customer, reader } = response.locals;
    const { wanted } = asked(request, response);
    const read = (offset: number, limit: number, last?: { id: string }) =>
      listInvoices(customer, wanted, { offset, limit, after: last?.id });
    await sendCsv(response, 'invoices.csv', invoiceCsvHead(reader), read, (invoice) => invoiceCells(reader, invoice));
  }

  function asked({ query }: PathRequest, { locals: { customer } }: Response) {
    const wish = readListWish(query, invoiceList);
    const narrowing = readNarrowing(query);
    return { wish, narrowing, wanted: { ...wish, ...narrowing, today: dayAt(now(), customer.timeZone) } };
  }

  return [
    { method: 'get', path: '/invoices', right, handle: list },
    { method: 'get', path: '/invoices.csv', right, handle: csv },
  ];
}
