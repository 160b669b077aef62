import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  // A part of a name or host name, as staff type it: without these every row is read.
  await knex.raw('CREATE INDEX customers_name_parts ON customers USING gin (name gin_trgm_ops)');
  await knex.raw('CREATE INDEX order_lines_host_parts ON order_lines USING gin (host_name gin_trgm_ops)');
}

/** The extension stays: somebody else may use it by now. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX order_lines_host_parts');
  await knex.raw('DROP INDEX customers_name_parts');
}
