import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('webhook_events', (table) => {
    // Each event is kept once under the provider's own id, however often it is delivered.
    table.text('id').primary();
    table.text('type').notNullable();
    table.uuid('attempt_id');
    table.text('intent_id');
    table.timestamp('received_at', { useTz: true }).notNullable();
    table.timestamp('handled_at', { useTz: true });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('webhook_events');
}
