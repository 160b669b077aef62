import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('letters', (table) => {
    // A letter of one kind leaves once an event; what is kept is that it left, and whether the mailbox took it.
    table.text('id').primary();
    table.text('to').notNullable();
    table.boolean('delivered').notNullable();
    table.timestamp('sent_at', { useTz: true }).notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('letters');
}
