import { answerThreeDSecure, enterCard } from '../../dev/payments/client.js';
import type { Customer } from '../../models/accounts/customer.js';
import { Invoice } from '../../models/billing/invoice.js';
import { issueInvoice } from '../../models/billing/invoice-issue.js';
import { PaymentMethod } from '../../models/billing/payment-method.js';
import { theBrand } from './builders.js';
import type { RunningSimulator } from './payment-simulator.js';

/** An open invoice over 217.00 net, 260.40 with French VAT, issued on 21 November 2026. */
export async function anInvoice(
  customer: Customer,
  { netMinor = 217_00, dueOn = '2026-11-28', description = 'Server web-4, Quay M4' } = {},
): Promise<Invoice> {
  const { legalEntity: seller } = await theBrand();
  const net = { amountMinor: netMinor, currency: customer.currency };
  const line = { kind: 'recurring', orderLineId: null, serviceId: null, description, detail: null, net } as const;
  const at = new Date('2026-11-21T10:00:00Z');
  return Invoice.transaction((trx) => issueInvoice({ customer, seller, orderId: null, lines: [line], dueOn, at }, trx));
}

/** Saves one of Stripe's published test cards as the customer's page would. */
export async function saveCard(
  { payments, origin }: Pick<RunningSimulator, 'payments' | 'origin'>,
  customer: Customer,
  number = '4242424242424242',
): Promise<{ card: PaymentMethod; setupId: string }> {
  const account = customer.paymentAccount ?? (await payments.createAccount(customer)).account;
  await customer.$query().patch({ paymentAccount: account });
  const setupId = await typedCard({ payments, origin }, account, number);
  const saved = await payments.cardOfSetup(setupId);
  if (!saved) throw new Error(`the card ${number} was not saved`);
  const { id: providerId, account: _account, ...card } = saved;
  return { card: await PaymentMethod.add(customer.id, { providerId, ...card }, new Date('2026-11-20')), setupId };
}

/** A card that was typed in and confirmed, and of which the shop has not heard yet. */
export async function typedCard(
  { payments, origin }: Pick<RunningSimulator, 'payments' | 'origin'>,
  account: string,
  number = '4242424242424242',
): Promise<string> {
  const { setupId, clientSecret } = await payments.startCardSetup(account);
  const card = { number, expMonth: 12, expYear: 2030, cvc: '123' };
  const entry = { origin, publishableKey: payments.cardPage.publishableKey, clientSecret };
  const { status } = await enterCard({ ...entry, card });
  if (status === 'requires_action') await answerThreeDSecure({ ...entry, answer: 'confirm' });
  return setupId;
}
