import { Customer } from '../accounts/customer.js';
import { settleAttempt } from './attempt-settlement.js';
import { Invoice } from './invoice.js';
import { Payment } from './payment.js';
import { PaymentAttempt } from './payment-attempt.js';
import { type NewCard, PaymentMethod } from './payment-method.js';

/** A charge that went through and of which our books know nothing, as the provider tells it. */
export interface RecoveredCharge {
  readonly attemptId: string;
  readonly intentId: string;
  readonly chargeId: string;
  /** Ours, as the provider kept it; nothing where it forgot its customer. */
  readonly customerId: string | undefined;
  /** The provider's id of the customer. */
  readonly account: string;
  readonly invoiceNumber: string;
  readonly amount: { readonly amountMinor: number; readonly currency: string };
  readonly card: NewCard;
  readonly chargedAt: Date;
}

/**
 * Books a charge from before a restore on the invoice it was for, as its own process would have. Not where that invoice is
 * gone: its number may have been given again to a later one, or to another customer. Twice changes nothing. While an
 * attempt of the invoice is open, that one is looked up first.
 */
export async function bookRecoveredCharge(
  charge: RecoveredCharge,
  at: Date,
): Promise<'booked' | 'no invoice' | 'busy'> {
  const { attemptId, customerId, invoiceNumber: number, account: paymentAccount, chargedAt, chargeId } = charge;
  if (!customerId) return 'no invoice';
  const invoice = await Invoice.query().findOne({ number, customerId }).where('issuedAt', '<=', chargedAt);
  if (!invoice) return 'no invoice';
  await Customer.query().findById(customerId).whereNull('paymentAccount').patch({ paymentAccount });
  if (!(await PaymentAttempt.query().findById(attemptId))) {
    if (await PaymentAttempt.query().modify('open').findOne({ invoiceId: invoice.id })) return 'busy';
    await PaymentAttempt.query().insert(await attemptOf(charge, invoice));
  }
  await settleAttempt(attemptId, { state: 'succeeded', chargeId }, at);
  return (await Payment.query().findOne({ attemptId })) ? 'booked' : 'busy';
}

async function attemptOf(charge: RecoveredCharge, invoice: Invoice): Promise<Partial<PaymentAttempt>> {
  const { attemptId: id, intentId, amount, card, chargedAt: startedAt } = charge;
  const { id: paymentMethodId } = await PaymentMethod.add(invoice.customerId, card, startedAt);
  const keys = { createKey: `attempt-${id}-create`, confirmKey: `attempt-${id}-confirm` };
  const papers = { id, intentId, invoiceId: invoice.id, paymentMethodId, startedAt, onSession: false };
  return { ...papers, ...amount, ...keys, status: 'unknown' };
}
