import type { Knex } from 'knex';

/**
 * A statement that every page asks, under a name of its own: PostgreSQL parses it once a connection. Its columns are all
 * named in it, since one with `*` would fail after a column is added.
 */
export async function askPrepared<Row>(
  knex: Knex,
  name: string,
  sql: string,
  values: readonly Knex.Value[],
): Promise<Row[]> {
  const { rows } = await knex.raw<{ rows: Row[] }>(sql, values).options({ name });
  return rows;
}
