import type { Knex } from 'knex';

/** What `?` stands for in PostgreSQL's own words; as many as statements that were ever prepared. */
const positioned = new Map<string, string>();

/**
 * A statement that every page asks, under a name of its own: PostgreSQL parses it once a connection, and it goes there
 * without Knex's ways to put one together. Its columns are all named in it, as in code: nothing renames them here, and
 * one with `*` would fail after a column is added.
 */
export async function askPrepared<Row>(
  { client }: Knex,
  name: string,
  sql: string,
  values: readonly Knex.Value[],
): Promise<Row[]> {
  const text = positioned.get(sql) ?? client.positionBindings(sql);
  positioned.set(sql, text);
  const connection = await client.acquireConnection();
  client.emit('query', { sql: text, bindings: values }); // for whoever listens to all statements
  try {
    return (await connection.query({ name, text, values })).rows;
  } catch (error) {
    if (error instanceof Error) error.message = `${text} - ${error.message}`; // as Knex tells of others
    throw error;
  } finally {
    await client.releaseConnection(connection);
  }
}
