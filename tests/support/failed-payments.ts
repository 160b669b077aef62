import { randomUUID } from 'node:crypto';
import type { Customer } from '../../models/accounts/customer.js';
import { settleAttempt } from '../../models/billing/attempt-settlement.js';
import type { Invoice } from '../../models/billing/invoice.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { PaymentMethod } from '../../models/billing/payment-method.js';
import type { DeclineKind } from '../../rules/billing/declines.js';
import { anInvoice } from './invoices.js';

/** A saved card that no provider knows of. */
export function aCard(customer: Customer, last4 = '4242'): Promise<PaymentMethod> {
  const card = { providerId: `pm_${randomUUID()}`, brand: 'visa', last4, expMonth: 12, expYear: 2030 };
  return PaymentMethod.add(customer.id, card, new Date('2026-11-20'));
}

interface Try {
  readonly on?: string;
  readonly kind?: DeclineKind;
  readonly code?: string;
  readonly onSession?: boolean;
}

/** An attempt for an invoice that nobody has decided yet. */
export async function anOpenAttempt(
  { id: invoiceId }: Invoice,
  { id: paymentMethodId }: PaymentMethod,
  { on = '2026-11-22T10:00:00Z', onSession = false }: Try = {},
): Promise<PaymentAttempt> {
  const opened = await PaymentAttempt.open({ id: randomUUID(), invoiceId, paymentMethodId, onSession }, new Date(on));
  if (!opened) throw new Error('nothing is owed');
  return opened;
}

/** A try that the bank declined at once. */
export async function aDecline(invoice: Invoice, card: PaymentMethod, wanted: Try = {}): Promise<PaymentAttempt> {
  const { on = '2026-11-22T10:00:00Z', kind = 'soft', code = 'insufficient_funds' } = wanted;
  const attempt = await anOpenAttempt(invoice, card, wanted);
  await settleAttempt(attempt.id, { state: 'declined', kind, code }, new Date(on));
  return attempt;
}

/** A customer's open invoice whose card was declined. */
export async function aFailedPayment(customer: Customer, wanted: Try & { netMinor?: number; last4?: string } = {}) {
  const { netMinor = 217_00, last4 } = wanted;
  const [invoice, card] = [await anInvoice(customer, { netMinor, dueOn: '2026-12-28' }), await aCard(customer, last4)];
  await aDecline(invoice, card, wanted);
  return { invoice, card };
}
