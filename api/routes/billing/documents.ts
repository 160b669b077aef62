import type { Response } from 'express';
import { CreditNote } from '../../../models/billing/credit-note.js';
import { Invoice } from '../../../models/billing/invoice.js';
import { ownInvoice, settlementOf } from '../../../models/billing/invoice-story.js';
import { presentCreditNote, presentPaperInvoice } from '../../presenters/billing/document.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** Invoices and credit notes as they are printed: one A4 page, in the language they were issued in. */
export function documentRoutes(): RouteDeclaration[] {
  const right = { section: 'billing', level: 'visitor' } as const;

  async function invoice({ params }: PathRequest, response: Response): Promise<void> {
    const { customer, brand } = response.locals;
    const issued = await ownInvoice(customer, params.number ?? '');
    response.render('billing/document', {
      layout: false,
      ...presentPaperInvoice(issued, await settlementOf(issued), brand),
    });
  }

  async function creditNote({ params }: PathRequest, response: Response): Promise<void> {
    const { customer, brand } = response.locals;
    const { invoiceId, ...note } = await ownCreditNote(response, params.number ?? '');
    const credited = await Invoice.query()
      .modify('ownedBy', customer)
      .findById(invoiceId)
      .withGraphFetched('[customer, lines]')
      .throwIfNotFound();
    response.render('billing/document', { layout: false, ...presentCreditNote(note, credited, brand) });
  }

  return [
    { method: 'get', path: '/invoices/:number/print', right, handle: invoice },
    { method: 'get', path: '/credit-notes/:number/print', right, handle: creditNote },
  ];
}

function ownCreditNote({ locals }: Response, number: string): Promise<CreditNote> {
  return CreditNote.query()
    .where({ customerId: locals.customer.id, number: /^[A-Z]{1,8}-\d{4}-\d{6,9}$/.test(number) ? number : '' })
    .first()
    .throwIfNotFound()
    .execute();
}
