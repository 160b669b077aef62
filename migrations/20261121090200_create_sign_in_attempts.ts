import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('sign_in_attempts', (table) => {
    // The layout that rate-limiter-flexible reads and writes.
    table.string('key', 255).primary();
    table.integer('points').notNullable().defaultTo(0);
    table.bigint('expire');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('sign_in_attempts');
}
