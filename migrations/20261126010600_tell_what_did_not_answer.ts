import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('book_findings', (table) => {
    // Devices that did not answer, and the first of them: nobody knows of these whether it holds.
    table.integer('unknowns').notNullable().defaultTo(0);
    table.jsonb('unknown').notNullable().defaultTo('[]');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('book_findings', (table) => {
    table.dropColumns('unknowns', 'unknown');
  });
}
