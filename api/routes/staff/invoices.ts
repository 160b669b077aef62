import type { Response } from 'express';
import { listInvoices, pageOfInvoices } from '../../../models/billing/invoice-list.js';
import { invoiceNumbered, settlementOf } from '../../../models/billing/invoice-story.js';
import { dayAt } from '../../../rules/calendar.js';
import { sendCsv } from '../../csv-download.js';
import { readNarrowing } from '../../forms/narrowing.js';
import { presentPaperInvoice } from '../../presenters/billing/document.js';
import { readListWish } from '../../presenters/list.js';
import { invoiceCells, invoicesCsvHead, invoicesOffer, presentInvoices } from '../../presenters/staff/invoices.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { showInvoice } from './invoice-page.js';
import type { StaffOrderDeps } from './orders.js';

/** The invoices of all customers; each with what was done to be paid, and as it is printed. */
export function staffInvoiceRoutes({ now, temporalUi: ui }: StaffOrderDeps): RouteDeclaration[] {
  const right = { staff: 'billing:see' } as const;

  async function list(request: PathRequest, response: Response): Promise<void> {
    const { wish, narrowing, wanted } = asked(request, response);
    const found = await pageOfInvoices('everybody', wanted, wish);
    const input = { ...found, narrowing, today: wanted.today };
    response.render('staff/invoices', presentInvoices(response.locals.reader, wish, input));
  }

  async function download(request: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const { wanted } = asked(request, response);
    const read = (offset: number, limit: number, last?: { id: string }) =>
      listInvoices('everybody', wanted, { offset, limit, after: last?.id });
    await sendCsv(response, 'invoices.csv', invoicesCsvHead(reader), read, (invoice) => invoiceCells(reader, invoice));
  }

  const show = async ({ params }: PathRequest, response: Response) =>
    showInvoice(response, await invoiceNumbered(params.number ?? ''), { ui, now: now() });

  async function print({ params }: PathRequest, response: Response): Promise<void> {
    const invoice = await invoiceNumbered(params.number ?? '');
    response.render('billing/document', {
      layout: false,
      ...presentPaperInvoice(invoice, await settlementOf(invoice), response.locals.brand),
    });
  }

  function asked({ query }: PathRequest, { locals: { reader } }: Response) {
    const wish = readListWish(query, invoicesOffer);
    const narrowing = readNarrowing(query);
    const { from, until } = narrowing;
    return { wish, narrowing, wanted: { ...wish, from, until, today: dayAt(now(), reader.timeZone) } };
  }

  return [
    { method: 'get', path: '/staff/invoices', right, handle: list },
    { method: 'get', path: '/staff/invoices.csv', right, handle: download },
    { method: 'get', path: '/staff/invoices/:number', right, handle: show },
    { method: 'get', path: '/staff/invoices/:number/print', right, handle: print },
  ];
}
