import type { Knex } from 'knex';
import { hashOf, leaf, NOTHING } from './ledger-seal.js';

/** `forged`: a seal's hash is not that of its contents. `unlinked`: it does not follow the seal before it, or that is gone. */
export type SealFault =
  | { readonly fault: 'forged' | 'unlinked'; readonly block: number }
  /** `added`: it came into a block after that was sealed. */
  | { readonly fault: 'changed' | 'removed' | 'added'; readonly block: number; readonly transaction: number };

/** Blocks that one statement looks at: memory stays that of a few blocks, however long the chain. */
const STRETCH = 10;
const ENOUGH = 100;

/** Goes through the whole chain and every transaction under it; the first hundred faults, from the oldest on. */
export async function findSealFaults(knex: Knex, stretch = STRETCH): Promise<SealFault[]> {
  const faults: SealFault[] = [];
  for (let after = 0; faults.length < ENOUGH; ) {
    const last = await lastOfStretch(knex, after, stretch);
    if (last === undefined) break;
    faults.push(...(await inChain(knex, after, last)), ...(await inBlocks(knex, after, last)));
    after = last;
  }
  return faults.slice(0, ENOUGH);
}

async function lastOfStretch(knex: Knex, after: number, stretch: number): Promise<number | undefined> {
  const blocks = await knex('ledger_seals').where('block', '>', after).orderBy('block').limit(stretch).pluck('block');
  const last = blocks.at(-1);
  return last === undefined ? undefined : Number(last);
}

async function inChain(knex: Knex, after: number, last: number): Promise<SealFault[]> {
  const { rows } = await knex.raw<{ rows: SealFault[] }>(
    `SELECT s.block::int, CASE WHEN s.hash <> ${hashOf('s.block', 's.previous_hash', 's.leaves')} THEN 'forged' ELSE 'unlinked' END AS fault
     FROM ledger_seals s LEFT JOIN ledger_seals p ON p.block = s.block - 1
     WHERE s.block > :after AND s.block <= :last AND (s.hash <> ${hashOf('s.block', 's.previous_hash', 's.leaves')}
       OR s.previous_hash IS DISTINCT FROM CASE s.block WHEN 1 THEN ${NOTHING} ELSE p.hash END) ORDER BY s.block`,
    { after, last },
  );
  return rows;
}

async function inBlocks(knex: Knex, after: number, last: number): Promise<SealFault[]> {
  const { rows } = await knex.raw<{ rows: SealFault[] }>(
    `WITH seals AS (
       SELECT s.*, lag(upto_written_in, 1, '0') OVER (ORDER BY block) AS from_written_in, lag(upto_id, 1, 0::bigint) OVER (ORDER BY block) AS from_id
       FROM ledger_seals s WHERE block >= (SELECT coalesce(max(block), 0) FROM ledger_seals WHERE block <= :after) AND block <= :last),
     blocks AS (SELECT * FROM seals WHERE block > :after),
     sealed AS (SELECT block, m.id, m.leaf FROM blocks, unnest(transaction_ids, leaves) AS m (id, leaf)),
     there AS (
       SELECT b.block, t.id, ${leaf} AS leaf FROM blocks b JOIN ledger_transactions t
         ON (t.written_in, t.id) > (b.from_written_in, b.from_id) AND (t.written_in, t.id) <= (b.upto_written_in, b.upto_id))
     SELECT block::int, id::int AS transaction,
            CASE WHEN there.leaf IS NULL THEN 'removed' WHEN sealed.leaf IS NULL THEN 'added' ELSE 'changed' END AS fault
     FROM sealed FULL JOIN there USING (block, id) WHERE sealed.leaf IS DISTINCT FROM there.leaf ORDER BY block, id LIMIT ${ENOUGH}`,
    { after, last },
  );
  return rows;
}
