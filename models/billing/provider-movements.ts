import type { Knex } from 'knex';

/** One of the provider's movements, in the words of its list. */
export interface ProviderMovement {
  readonly kind: 'charge' | 'refund' | 'dispute';
  readonly id: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly intentId: string | null;
  readonly paper: string | null;
}

/** `null` where one side knows nothing of it. */
export type ProviderDifference = {
  readonly kind: ProviderMovement['kind'];
  readonly id: string;
  readonly ours: string | null;
  readonly theirs: string | null;
};

/** What of ours the provider must have; a lost refund or a dispute that is won moved nothing in the end. */
const ours = `
  SELECT 'charge' AS kind, provider_id AS id, amount_minor, currency FROM payments WHERE method = 'card'
  UNION ALL SELECT 'refund', r.provider_id, r.amount_minor, r.currency FROM refunds r JOIN payments p ON p.id = r.payment_id
    WHERE r.status = 'succeeded' AND p.method <> 'credit' AND r.transfer_reference IS NULL
  UNION ALL SELECT 'dispute', provider_id, amount_minor, currency FROM disputes WHERE withdrawn_at IS NOT NULL AND status <> 'won'`;

/** What of theirs is ours: by its papers; a dispute by the charge it is about. */
const isOurs = `(t.kind <> 'dispute' AND t.paper IS NOT NULL) OR EXISTS (
  SELECT FROM payment_attempts a WHERE t.kind = 'dispute' AND a.intent_id = t.intent_id)`;

/** What a process is at just now, and will book by itself. */
const underWay = `
  EXISTS (SELECT FROM payment_attempts a WHERE t.kind = 'charge' AND a.id::text = t.paper AND a.settled_at IS NULL)
  OR EXISTS (SELECT FROM refunds r WHERE t.kind = 'refund' AND r.id::text = t.paper AND r.status IN ('requested', 'pending'))
  OR EXISTS (SELECT FROM disputes d WHERE t.kind = 'dispute' AND d.provider_id = t.id AND d.status = 'reported')`;

/** Taken before a restore, unknown since, and paid back in full: nobody's any more. */
const undone = `
  SELECT c.intent_id FROM theirs c WHERE c.kind = 'charge'
    AND NOT EXISTS (SELECT FROM payment_attempts a WHERE a.intent_id = c.intent_id)
    AND c.amount_minor = (SELECT sum(r.amount_minor) FROM theirs r WHERE r.kind = 'refund' AND r.intent_id = c.intent_id)`;

const PAGE = 500;

/**
 * Our books against the provider's list, each movement of each side. The list is put beside them in a table of the
 * transaction's own, so that memory holds a page of it. Ours are read before the list and theirs are held against what is
 * ours after it: what moves meanwhile is no difference.
 */
export async function compareMovements(
  knex: Knex,
  listed: AsyncIterable<ProviderMovement>,
  most = 100,
): Promise<ProviderDifference[]> {
  return knex.transaction(async (trx) => {
    await trx.raw(`CREATE TEMPORARY TABLE ours_before ON COMMIT DROP AS ${ours}`);
    await trx.raw(`CREATE TEMPORARY TABLE theirs (kind text, id text, amount_minor bigint, currency text, intent_id text, paper text)
      ON COMMIT DROP`);
    for await (const page of pagesOf(listed)) await trx('theirs').insert(page);
    const { rows } = await trx.raw<{ rows: ProviderDifference[] }>(
      `WITH ours_now AS (${ours}), undone AS (${undone})
       SELECT o.kind, o.id, o.amount_minor || ' ' || o.currency AS ours, t.amount_minor || ' ' || t.currency AS theirs
       FROM ours_before o LEFT JOIN theirs t USING (kind, id)
       WHERE (o.amount_minor, o.currency::text) IS DISTINCT FROM (t.amount_minor, t.currency)
         AND EXISTS (SELECT FROM ours_now n WHERE n.kind = o.kind AND n.id = o.id)
       UNION ALL SELECT t.kind, t.id, NULL, t.amount_minor || ' ' || t.currency FROM theirs t
       WHERE (${isOurs}) AND NOT (${underWay}) AND NOT EXISTS (SELECT FROM undone u WHERE u.intent_id = t.intent_id)
         AND NOT EXISTS (SELECT FROM ours_now n WHERE n.kind = t.kind AND n.id = t.id)
       ORDER BY 1, 2 LIMIT :most`,
      { most },
    );
    return rows;
  });
}

async function* pagesOf(listed: AsyncIterable<ProviderMovement>): AsyncGenerator<ProviderMovement[]> {
  let page: ProviderMovement[] = [];
  for await (const movement of listed) {
    if (page.push(movement) < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
