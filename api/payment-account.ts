import type { Payments } from '../gateways/payments/payments.js';
import { Customer } from '../models/accounts/customer.js';

/** The customer's account at the card provider, made when it is first needed; of two made at once the first kept counts. */
export async function paymentAccountOf(
  payments: Pick<Payments, 'createAccount'>,
  { id, name, email, paymentAccount }: Customer,
): Promise<string> {
  if (paymentAccount) return paymentAccount;
  const { account } = await payments.createAccount({ id, name, email });
  await Customer.query().findById(id).whereNull('paymentAccount').patch({ paymentAccount: account });
  const kept = await Customer.query().findById(id).throwIfNotFound();
  return kept.paymentAccount ?? account;
}
