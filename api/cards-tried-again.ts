import { type Processes, ProcessesUnavailable, ProcessRefused } from '../gateways/processes.js';
import type { Customer } from '../models/accounts/customer.js';
import { Invoice } from '../models/billing/invoice.js';
import { PaymentAttempt } from '../models/billing/payment-attempt.js';
import { cardUpdated, invoicePayment } from '../workflows/messages/invoice-payment.js';

/**
 * Tells whoever collects an invoice on which a card failed that there is another card now. Who cannot be told now finds it
 * at the next retry.
 */
export async function cardsTriedAgain(
  { processes }: { readonly processes: Processes },
  customer: Customer,
): Promise<void> {
  const failed = PaymentAttempt.query().whereColumn('invoiceId', 'invoices.id').where({ status: 'declined' });
  const invoices = await Invoice.query().modify('ownedBy', customer).modify('unpaid').whereExists(failed.select('id'));
  for (const { id: invoiceId } of invoices) {
    try {
      await processes.signal(invoicePayment, { invoiceId }, cardUpdated);
    } catch (error) {
      if (error instanceof ProcessesUnavailable) return; // silent to one, it would keep this person waiting for each
      if (!(error instanceof ProcessRefused)) throw error;
    }
  }
}
