import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // What of a prefix is taken: asked whenever an address is given out, and by the page of each prefix.
  await knex.schema.alterTable('address_assignments', (table) => {
    table.index(['prefix_id'], 'address_assignments_of_prefix');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('address_assignments', (table) => {
    table.dropIndex([], 'address_assignments_of_prefix');
  });
}
