import type { Knex } from 'knex';
import type { Movement, Payments } from '../../gateways/payments/payments.js';
import { compareMovements, type ProviderMovement } from '../../models/billing/provider-movements.js';
import type { Finding } from '../../models/durable/invariants/invariant.js';

/** The books against the card provider's own list, charge by charge, refund by refund, dispute by dispute. */
export async function compareWithProvider(knex: Knex, payments: Pick<Payments, 'movements'>): Promise<Finding> {
  const rows = await compareMovements(knex, flattened(payments.movements()));
  return { invariant: { id: 'I3', name: 'providerAgrees' }, rows };
}

async function* flattened(movements: AsyncIterable<Movement>): AsyncGenerator<ProviderMovement> {
  for await (const { amount, ...movement } of movements) yield { ...movement, ...amount };
}
