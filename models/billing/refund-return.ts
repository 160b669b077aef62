import { goneBackStatuses } from '../../rules/billing/refund-status.js';
import { type RefundReturnInput, refundReturn } from '../../workflows/messages/refund-return.js';
import { ProcessStart } from '../durable/process-start.js';
import { TimelineEntry } from '../timeline-entry.js';
import { Invoice } from './invoice.js';
import { LedgerTransaction } from './ledger-transaction.js';
import { Payment } from './payment.js';
import { Refund } from './refund.js';

/**
 * The bank said that a refund came back: promises to look, once; and once more where it stood when it was looked at. What was
 * promised just now, or nothing.
 */
async function report(refundId: string, at: Date): Promise<RefundReturnInput | undefined> {
  return Refund.transaction(async (trx) => {
    const refund = await Refund.query(trx).findById(refundId).whereNotIn('status', goneBackStatuses).forUpdate();
    if (!refund) return undefined;
    const known = await ProcessStart.query(trx).findById(refundReturn.workflowId({ refundId }));
    if (known && !refund.returnClosedAt) return undefined;
    const looks = refund.returnLooks + 1;
    if (known) await refund.$query(trx).patch({ returnLooks: looks, returnClosedAt: null });
    const input = known ? { refundId, looks } : { refundId };
    await ProcessStart.accept(refundReturn, input, at, trx);
    return input;
  });
}

/** The money is the shop's again, and owed to the customer again: booked back once, as a transaction of its own. */
async function book({ id, paymentId, amount }: Refund, at: Date): Promise<void> {
  await Refund.transaction(async (trx) => {
    const returned = { status: 'returned', returnedAt: at } as const;
    if (!(await Refund.query(trx).findById(id).patch(returned).where({ status: 'succeeded' }))) return;
    const { customerId, invoiceId } = await Payment.query(trx).findById(paymentId).throwIfNotFound();
    const { amountMinor, currency } = amount;
    const booking = { receivables: -amountMinor, cash: amountMinor };
    await LedgerTransaction.book({ kind: 'refund_return', sourceId: id, customerId, currency, at }, booking, trx);
    const event = { event: 'invoice.refund_returned', values: { amount }, actor: 'process' } as const;
    await TimelineEntry.tell({ subjectType: 'invoice', subjectId: invoiceId, happenedAt: at, ...event }, trx);
  });
}

async function replace(refundId: string, requestedAt: Date): Promise<void> {
  await Refund.transaction(async (trx) => {
    const refund = await Refund.query(trx).findById(refundId).where({ status: 'returned' }).throwIfNotFound();
    await refund.nextRound(requestedAt, trx);
  });
}

async function close(refundId: string, returnClosedAt: Date): Promise<void> {
  await Refund.query().findById(refundId).whereNull('returnClosedAt').patch({ returnClosedAt });
}

/** How the process that follows it is found. */
async function labelsOf(invoiceId: string): Promise<{ customer: string; invoice: string }> {
  const { number, customer } = await Invoice.query().findById(invoiceId).withGraphFetched('customer').throwIfNotFound();
  return { customer: customer.number, invoice: number };
}

/** A refund that succeeded and came back later: a closed card, a bank that would not have it. */
export const RefundReturn = { report, book, replace, close, labelsOf };
