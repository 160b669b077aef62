import type { Knex } from 'knex';
import Stripe from 'stripe';

export interface StripeAccess {
  readonly secretKey: string;
  readonly apiUrl?: string;
}

/** Ledger against the card provider's own list: the same charges, refunds and disputes, of the same amounts. */
export async function comparePayments(knex: Knex, { secretKey, apiUrl }: StripeAccess): Promise<string[]> {
  const stripe = new Stripe(secretKey, apiUrl ? addressOf(apiUrl) : {});
  const intents = await ourIntents(knex);
  const [ours, theirs] = [await ourMovements(knex), await theirMovements(stripe, intents)];
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
     UNION ALL SELECT r.provider_id, r.amount_minor, r.currency FROM refunds r WHERE r.status = 'succeeded'
     UNION ALL SELECT d.provider_id, -d.amount_minor, d.currency FROM disputes d
       WHERE d.withdrawn_at IS NOT NULL AND d.status <> 'won'`,
  );
  return new Map(rows.map(({ id, amount, currency }) => [id, `${amount} ${currency}`]));
}

async function ourIntents(knex: Knex): Promise<Set<string>> {
  return new Set<string>(await knex('payment_attempts').whereNotNull('intent_id').pluck('intent_id'));
}

async function theirMovements(stripe: Stripe, intents: ReadonlySet<string>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const note = (id: string, amount: number, currency: string) => found.set(id, `${amount} ${currency.toUpperCase()}`);
  const undone = new Set<unknown>(); // taken before a restore, unknown since, and paid back in full: nobody's
  for await (const charge of stripe.charges.list({ limit: 100 })) {
    const isOurs = charge.metadata.attempt_id !== undefined;
    if (charge.refunded && !intents.has(String(charge.payment_intent))) undone.add(charge.payment_intent);
    else if (isOurs && charge.status === 'succeeded') note(charge.id, charge.amount, charge.currency);
  }
  for await (const refund of stripe.refunds.list({ limit: 100 })) {
    const isOurs = refund.metadata?.refund_id !== undefined && !undone.has(refund.payment_intent);
    if (isOurs && refund.status === 'succeeded') note(refund.id, refund.amount, refund.currency);
  }
  for await (const dispute of stripe.disputes.list({ limit: 100 })) {
    const taken = dispute.balance_transactions.some(({ amount }) => amount < 0) && dispute.status !== 'won';
    if (taken && intents.has(String(dispute.payment_intent))) note(dispute.id, -dispute.amount, dispute.currency);
  }
  return found;
}
