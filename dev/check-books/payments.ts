import type { Knex } from 'knex';
import Stripe from 'stripe';

export interface StripeAccess {
  readonly secretKey: string;
  readonly apiUrl?: string;
}

/** Ledger against the card provider's own list: the same charges and refunds, of the same amounts, on both sides. */
export async function comparePayments(knex: Knex, { secretKey, apiUrl }: StripeAccess): Promise<string[]> {
  const stripe = new Stripe(secretKey, apiUrl ? addressOf(apiUrl) : {});
  const [ours, theirs] = [await ourMovements(knex), await theirMovements(stripe)];
  const ids = new Set([...ours.keys(), ...theirs.keys()]);
  return [...ids].flatMap((id) => {
    const [here, there] = [ours.get(id), theirs.get(id)];
    if (here === there) return [];
    return [`${id}: ${here ?? 'nothing'} in our books, ${there ?? 'nothing'} at the card provider`];
  });
}

function addressOf(apiUrl: string) {
  const { hostname: host, port, protocol } = new URL(apiUrl);
  return { host, port, protocol: protocol === 'https:' ? ('https' as const) : ('http' as const) };
}

/** `18234 EUR` by the provider's id of the charge or refund. */
async function ourMovements(knex: Knex): Promise<Map<string, string>> {
  const { rows } = await knex.raw<{ rows: { id: string; amount: string; currency: string }[] }>(
    `SELECT provider_id AS id, amount_minor AS amount, currency FROM payments WHERE method = 'card'
     UNION ALL SELECT r.provider_id, r.amount_minor, r.currency FROM refunds r WHERE r.status = 'succeeded'`,
  );
  return new Map(rows.map(({ id, amount, currency }) => [id, `${amount} ${currency}`]));
}

async function theirMovements(stripe: Stripe): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const note = (id: string, amount: number, currency: string) => found.set(id, `${amount} ${currency.toUpperCase()}`);
  for await (const charge of stripe.charges.list({ limit: 100 })) {
    const isOurs = charge.metadata.attempt_id !== undefined;
    if (isOurs && charge.status === 'succeeded') note(charge.id, charge.amount, charge.currency);
  }
  for await (const refund of stripe.refunds.list({ limit: 100 })) {
    const isOurs = refund.metadata?.refund_id !== undefined;
    if (isOurs && refund.status === 'succeeded') note(refund.id, refund.amount, refund.currency);
  }
  return found;
}
