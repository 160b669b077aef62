import type { Payments } from '../gateways/payments/payments.js';
import type { Customer } from '../models/accounts/customer.js';
import { PaymentMethod } from '../models/billing/payment-method.js';

/**
 * Keeps the card that the provider saved in the customer's page. Nothing where the setup is unfinished, or was begun for
 * somebody else.
 */
export async function keepSavedCard(
  payments: Pick<Payments, 'cardOfSetup'>,
  customer: Customer,
  setupId: string,
  at: Date,
): Promise<PaymentMethod | undefined> {
  const card = await payments.cardOfSetup(setupId);
  if (!card || card.account !== customer.paymentAccount) return undefined;
  const { id: providerId, brand, last4, expMonth, expYear } = card;
  return PaymentMethod.add(customer.id, { providerId, brand, last4, expMonth, expYear }, at);
}
