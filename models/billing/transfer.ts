import { type DeskRefusal, transferRefusal } from '../../rules/billing/collecting.js';
import { type CalendarDay, startOfDay } from '../../rules/calendar.js';
import type { Money } from '../../rules/money.js';
import { recordAct, type StaffAct } from '../accounts/staff-act.js';
import { Invoice } from './invoice.js';
import { Payment } from './payment.js';
import { PaymentAttempt } from './payment-attempt.js';

export interface Transfer {
  /** What the bank's statement says of it: tells one transfer from another. */
  readonly reference: string;
  readonly receivedOn: CalendarDay;
  readonly amount: Money;
  /** Whoever books it was told that nothing is owed, and that all of it becomes credit. */
  readonly asCredit?: boolean;
}

/** `otherAmount`: under this reference another amount is booked already. */
export type TransferRefusal = DeskRefusal | 'otherAmount';

/**
 * Books what came in by bank transfer, in part, in full, beyond it or too late, once for an invoice and a reference: sent again it
 * changes nothing. Refused while a card may be charged for the same invoice; the lock on the invoice is what an attempt
 * takes too. Answers why it was refused, or nothing.
 */
export async function receiveTransfer(
  invoiceId: string,
  { reference, receivedOn, amount, asCredit = false }: Transfer,
  act: StaffAct,
): Promise<TransferRefusal | undefined> {
  return Invoice.transaction(async (trx) => {
    const invoice = await Invoice.query(trx).findById(invoiceId).forUpdate().throwIfNotFound();
    await invoice.$fetchGraph('customer', { transaction: trx });
    const known = await Payment.query(trx).findOne({ invoiceId, method: 'transfer', reference });
    if (known) return known.amountMinor === amount.amountMinor ? undefined : 'otherAmount';
    const attempt = await PaymentAttempt.query(trx).modify('open').findOne({ invoiceId });
    const refusal = transferRefusal({ status: invoice.status, attempt: attempt?.status, asCredit });
    if (refusal) return refusal;
    const began = startOfDay(receivedOn, invoice.customer.timeZone).getTime();
    const receivedAt = new Date(Math.min(began, act.at.getTime())); // that day may not have begun where the customer is
    const receipt = { invoiceId, method: 'transfer', amount, reference, at: act.at, receivedAt } as const;
    await Payment.receive({ ...receipt, staffId: act.staff.id }, trx);
    const change = { action: 'invoice.transfer_booked', subjectType: 'invoice', subjectId: invoice.number } as const;
    await recordAct(act, { ...change, after: { reference, receivedOn, amount } }, trx);
    return undefined;
  });
}
