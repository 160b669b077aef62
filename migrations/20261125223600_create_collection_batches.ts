import type { Knex } from 'knex';

/** A set of failed payments that staff act on together. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('collection_batches', (table) => {
    // Drawn by the page that shows what would be done: sent twice, it is one.
    table.uuid('id').primary();
    table.text('act').notNullable().checkIn(['retry', 'write_off'], 'collection_batches_act');
    table.text('reason');
    table.uuid('asked_by').notNullable().references('staff_members.id');
    table.text('address').notNullable();
    table.timestamp('asked_at', { useTz: true }).notNullable();
    table.timestamp('done_at', { useTz: true });

    table.check(`(act = 'write_off') = (reason IS NOT NULL)`, [], 'collection_batches_reason');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('collection_batches');
}
