import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('refunds', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('payment_id').notNullable().references('payments.id');
    table.uuid('credit_note_id').notNullable().references('credit_notes.id');
    table.bigint('amount_minor').notNullable();
    table.specificType('currency', 'char(3)').notNullable();
    table.text('status').notNullable().checkIn(['requested', 'pending', 'succeeded', 'failed'], 'refunds_status');
    table.text('key').notNullable().unique();
    table.text('provider_id').unique();
    table.timestamp('requested_at', { useTz: true }).notNullable();
    table.timestamp('settled_at', { useTz: true });

    table.check('amount_minor > 0', [], 'refunds_positive');
    table.unique(['payment_id', 'credit_note_id'], { indexName: 'refunds_once' });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('refunds');
}
