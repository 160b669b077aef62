import type { Knex } from 'knex';

/** How many transactions one seal holds at most: what one statement reads, and what a broken seal casts doubt on. */
const BLOCK = 5_000;

/** SQL of a transaction with all its entries as one hash; `t` is the transaction. */
export const leaf = `sha256(convert_to(concat_ws('|', t.id, t.kind, t.source_id, t.customer_id,
  extract(epoch FROM t.booked_at), t.written_in,
  (SELECT string_agg(concat_ws(':', e.id, e.account, e.currency, e.amount_minor), ',' ORDER BY e.id)
   FROM ledger_entries e WHERE e.transaction_id = t.id)), 'UTF8'))`;

/** SQL of a block's hash over the one before it and over its leaves in their order. */
export const hashOf = (block: string, previous: string, leaves: string) => `sha256(int8send(${block}) || ${previous} ||
  (SELECT string_agg(leaf, ''::bytea ORDER BY nth) FROM unnest(${leaves}) WITH ORDINALITY AS l (leaf, nth)))`;

/** What the first block has for a predecessor. */
export const NOTHING = `'\\x${'00'.repeat(32)}'::bytea`;

/** Where the chain ends: written down elsewhere, it proves later that nothing before it was made anew. */
export interface SealHead {
  readonly block: number;
  /** Hexadecimal. */
  readonly hash: string;
  readonly sealedAt: Date;
  /** How many ledger transactions came after it, so far. */
  readonly unsealed: number;
}

/** The database's own order is lost: it was restored from a dump, and counts its transactions from one again. */
export class LedgerOrderLost extends Error {
  override name = 'LedgerOrderLost';
}

/**
 * Seals the next block of transactions in which nothing can appear any more: those of database transactions below the
 * oldest one that is still under way, whoever committed first. Writers are not held up; of two sealers the second waits
 * and goes on where the first ended. Answers how many transactions it sealed.
 */
export async function sealNextBlock(knex: Knex, at: Date, most = BLOCK): Promise<number> {
  return knex.transaction(async (trx) => {
    await trx.raw('LOCK TABLE ledger_seals IN SHARE ROW EXCLUSIVE MODE');
    await refuseLostOrder(trx);
    const { rows } = await trx.raw<{ rows: { sealed: number }[] }>(
      `WITH last AS (SELECT * FROM ledger_seals ORDER BY block DESC LIMIT 1),
       closed AS (
         SELECT t.id, t.written_in, ${leaf} AS leaf FROM ledger_transactions t
         WHERE t.written_in < pg_snapshot_xmin(pg_current_snapshot())
           AND (t.written_in, t.id) > (coalesce((SELECT upto_written_in FROM last), '0'), coalesce((SELECT upto_id FROM last), 0))
         ORDER BY t.written_in, t.id LIMIT :most),
       next AS (
         SELECT coalesce((SELECT block FROM last), 0) + 1 AS block, coalesce((SELECT hash FROM last), ${NOTHING}) AS previous,
                array_agg(id ORDER BY written_in, id) AS ids, array_agg(leaf ORDER BY written_in, id) AS leaves,
                (array_agg(written_in ORDER BY written_in DESC))[1] AS upto FROM closed HAVING count(*) > 0)
       INSERT INTO ledger_seals (block, transaction_ids, leaves, upto_written_in, upto_id, previous_hash, hash, sealed_at)
       SELECT block, ids, leaves, upto, ids[cardinality(ids)], previous, ${hashOf('block', 'previous', 'leaves')}, :at FROM next
       RETURNING cardinality(transaction_ids) AS sealed`,
      { most, at },
    );
    return rows[0]?.sealed ?? 0;
  });
}

/** Nothing where no block is sealed yet. */
export async function sealHead(knex: Knex): Promise<SealHead | undefined> {
  const { rows } = await knex.raw<{ rows: SealHead[] }>(
    `SELECT block::int, encode(hash, 'hex') AS hash, sealed_at AS "sealedAt", (
       SELECT count(*)::int FROM ledger_transactions t WHERE (t.written_in, t.id) > (s.upto_written_in, s.upto_id)) AS unsealed
     FROM ledger_seals s ORDER BY block DESC LIMIT 1`,
  );
  return rows[0];
}

async function refuseLostOrder(trx: Knex): Promise<void> {
  const { rows } = await trx.raw(
    `SELECT FROM ledger_seals WHERE upto_written_in >= pg_snapshot_xmax(pg_current_snapshot()) LIMIT 1`,
  );
  if (rows.length > 0) throw new LedgerOrderLost('transactions are numbered below what is sealed: docs/operations.md');
}
