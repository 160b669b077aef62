import type { Knex } from 'knex';
import type Stripe from 'stripe';
import type { RecoveredCharge } from '../../models/billing/recovered-charge.js';

/** What the provider took for us and our books do not tell of; what went back in full is nobody's any more. */
export async function chargesUnknownTo(knex: Knex, stripe: Stripe): Promise<RecoveredCharge[]> {
  const known = new Set<string>(await knex('payments').whereNotNull('provider_id').pluck('provider_id'));
  const unknown: RecoveredCharge[] = [];
  for await (const charge of stripe.charges.list({ limit: 100 })) {
    const isOurs = charge.metadata.attempt_id !== undefined && charge.status === 'succeeded' && !charge.refunded;
    if (isOurs && !known.has(charge.id)) unknown.push(await recovered(charge, stripe));
  }
  return unknown;
}

async function recovered(charge: Stripe.Charge, stripe: Stripe): Promise<RecoveredCharge> {
  const card = charge.payment_method_details?.card;
  const account = String(charge.customer);
  const customer = await stripe.customers.retrieve(account);
  return {
    attemptId: charge.metadata.attempt_id ?? '',
    intentId: String(charge.payment_intent),
    chargeId: charge.id,
    customerId: customer.deleted ? undefined : customer.metadata.customer_id,
    account,
    invoiceNumber: charge.metadata.invoice ?? '',
    amount: { amountMinor: charge.amount, currency: charge.currency.toUpperCase() },
    card: {
      providerId: String(charge.payment_method),
      brand: card?.brand ?? 'unknown',
      last4: card?.last4 ?? '0000',
      expMonth: card?.exp_month ?? 1,
      expYear: card?.exp_year ?? 2000,
    },
    chargedAt: new Date(charge.created * 1_000),
  };
}
