import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // Exclusion constraints that compare a key for equality and a time span for overlap need it.
  await knex.raw('CREATE EXTENSION IF NOT EXISTS btree_gist');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP EXTENSION btree_gist');
}
