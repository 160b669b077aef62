import type { Transaction } from 'objection';
import { creditPart } from '../../rules/billing/credit-part.js';
import type { Money } from '../../rules/money.js';
import { Customer } from '../accounts/customer.js';
import { creditOf } from './credit-balance.js';
import type { Invoice } from './invoice.js';
import { Payment } from './payment.js';

/** Who said so; nobody, where it goes before a card by itself. */
export type CreditUser = { readonly staffId: string } | { readonly userId: string };

/**
 * Uses a customer's credit on an invoice that the caller has locked: as much as there is, no more than is owed, and so that a
 * card can be charged for the rest. Every use takes the customer's row first, so that of many at once each sees what the others left.
 */
export async function useCredit(
  invoice: Invoice,
  at: Date,
  trx: Transaction,
  user?: CreditUser,
): Promise<Money | undefined> {
  const { id: invoiceId, customerId, currency } = invoice;
  if ((await creditOf(customerId, currency, trx)).amountMinor <= 0) return undefined; // the many without any take no lock
  await Customer.query(trx).findById(customerId).forNoKeyUpdate().throwIfNotFound();
  const credit = await creditOf(customerId, currency, trx);
  const amount = creditPart(await invoice.due(trx), credit.amountMinor);
  if (amount.amountMinor === 0) return undefined;
  await Payment.receive({ invoiceId, method: 'credit', amount, at, ...user }, trx);
  return amount;
}
