import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createChargeActivities } from '../../activities/billing/charges.js';
import { settleAttempt } from '../../models/billing/attempt-settlement.js';
import type { Invoice } from '../../models/billing/invoice.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { aCustomer } from './builders.js';
import { anInvoice, saveCard } from './invoices.js';
import type { RunningSimulator } from './payment-simulator.js';

export function doing<Result>(act: () => Promise<Result>): Promise<Result> {
  return new MockActivityEnvironment().run(act);
}

/** An invoice paid by a card at the simulator, and the provider's ids of its intent and its charge. */
export async function paidByCard(
  simulator: RunningSimulator,
): Promise<{ invoice: Invoice; intentId: string; chargeId: string }> {
  const charges = createChargeActivities({ payments: simulator.payments, shopUrl: '' });
  const customer = await aCustomer();
  const invoice = await anInvoice(customer);
  const { card } = await saveCard(simulator, customer);
  const id = randomUUID();
  await PaymentAttempt.open({ id, invoiceId: invoice.id, paymentMethodId: card.id, onSession: true }, new Date());
  await doing(() => charges.createCharge(id));
  const charge = await doing(() => charges.confirmCharge(id));
  if (charge.state !== 'succeeded') throw new Error(charge.state);
  await settleAttempt(id, { state: 'succeeded', chargeId: charge.chargeId }, new Date());
  const { intentId } = await PaymentAttempt.query().findById(id).throwIfNotFound();
  return { invoice: await invoice.$query(), intentId: String(intentId), chargeId: charge.chargeId };
}
