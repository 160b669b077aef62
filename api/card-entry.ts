import type { Payments } from '../gateways/payments/payments.js';
import type { Customer } from '../models/accounts/customer.js';
import { paymentAccountOf } from './payment-account.js';
import type { CardEntry } from './presenters/billing/card-entry.js';

/** Begins saving a card for this customer; the secret goes into the page and nowhere else. */
export async function beginCardEntry(
  payments: Pick<Payments, 'createAccount' | 'startCardSetup' | 'cardPage'>,
  customer: Customer,
): Promise<CardEntry> {
  const { publishableKey, scriptUrl } = payments.cardPage;
  return { publishableKey, scriptUrl, ...(await payments.startCardSetup(await paymentAccountOf(payments, customer))) };
}
