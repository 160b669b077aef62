import type { Knex } from 'knex';

/** Where secrets are kept that the application's key opens. A new one is written down here, or a test fails. */
export const sealedColumns = [
  { table: 'bmcs', column: 'password_sealed', key: 'id' },
  { table: 'switches', column: 'community_sealed', key: 'id' },
  { table: 'second_factors', column: 'sealed_secret', key: 'id' },
  { table: 'root_passwords', column: 'password_sealed', key: 'service_id' },
] as const;

export type SealedColumn = (typeof sealedColumns)[number];

/** The same secret under the key of today, nothing where it is so already; throws where no key opens it. */
export type Reseal = (sealed: Buffer) => Buffer | undefined;

export interface Resealed {
  readonly looked: number;
  readonly sealedAnew: number;
  /** Rows that no key opens, by their key. They are left as they are. */
  readonly closed: readonly string[];
}

const BATCH = 500;

/**
 * Goes through a column in the order of its keys, 500 rows a transaction. What was done is done: broken off and begun
 * again, it finds less to do. Rows are held meanwhile, so that a secret somebody sets just now is not written over.
 */
export async function resealColumn(knex: Knex, of: SealedColumn, reseal: Reseal): Promise<Resealed> {
  let [looked, sealedAnew] = [0, 0];
  const closed: string[] = [];
  for (let last: string | undefined; ; ) {
    const after = last;
    const batch = await knex.transaction((trx) => resealBatch(trx, of, after, reseal));
    looked += batch.keys.length;
    sealedAnew += batch.sealedAnew;
    closed.push(...batch.closed);
    last = batch.keys.at(-1);
    if (batch.keys.length < BATCH) return { looked, sealedAnew, closed };
  }
}

async function resealBatch(trx: Knex, of: SealedColumn, after: string | undefined, reseal: Reseal) {
  const { table, column, key } = of;
  const wanted = trx(table).select({ key, sealed: column }).whereNotNull(column).orderBy(key).limit(BATCH).forUpdate();
  const rows: { key: string; sealed: Buffer }[] = await (after ? wanted.where(key, '>', after) : wanted);
  const closed: string[] = [];
  const anew = new Map<string, Buffer>();
  for (const { key, sealed } of rows) {
    try {
      const changed = reseal(sealed);
      if (changed) anew.set(key, changed);
    } catch {
      closed.push(key);
    }
  }
  if (anew.size > 0) await write(trx, of, anew);
  return { keys: rows.map((row) => row.key), sealedAnew: anew.size, closed };
}

async function write(trx: Knex, { table, column, key }: SealedColumn, anew: ReadonlyMap<string, Buffer>) {
  const given = 'unnest(?::uuid[], ?::bytea[]) AS given (key, sealed)';
  const values = [table, column, [...anew.keys()], [...anew.values()], key];
  await trx.raw(`UPDATE ?? AS kept SET ?? = given.sealed FROM ${given} WHERE kept.?? = given.key`, values);
}
