import { CreditNote } from '../../models/billing/credit-note.js';
import type { Invoice } from '../../models/billing/invoice.js';
import { Payment } from '../../models/billing/payment.js';
import { Refund } from '../../models/billing/refund.js';

/** An invoice that was paid, by transfer unless said otherwise, and credited; and the refund of it that nobody has sent yet. */
export async function anOwedRefund(
  invoice: Invoice,
  at = new Date(),
  method: 'card' | 'transfer' = 'transfer',
): Promise<Refund> {
  const amount = { amountMinor: invoice.totalMinor, currency: invoice.currency };
  const receipt = { invoiceId: invoice.id, method, amount, reference: 'r', at } as const;
  const [refund] = await Payment.transaction(async (trx) => {
    await Payment.receive(receipt, trx);
    const note = await CreditNote.issueFor(invoice, 'order_cancelled', at, trx);
    return Refund.requestFor(note, at, trx);
  });
  if (!refund) throw new Error('there is nothing to refund');
  return refund;
}

/** One that succeeded and is booked. */
export async function aRefund(invoice: Invoice, at = new Date()): Promise<Refund> {
  const refund = await anOwedRefund(invoice, at);
  await refund.settle(`re_${refund.id}`, 'succeeded', at);
  return refund.$query().withGraphFetched('payment');
}
