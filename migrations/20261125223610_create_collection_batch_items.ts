import type { Knex } from 'knex';

const states = ['waiting', 'done', 'declined', 'begun', 'refused'];

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('collection_batch_items', (table) => {
    // Also the id of the attempt that it asks for: asked twice, that is one try.
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('batch_id').notNullable().references('collection_batches.id');
    table.uuid('invoice_id').notNullable().references('invoices.id');
    table.integer('position').notNullable();
    table.text('state').notNullable().checkIn(states, 'collection_batch_items_state');
    table.text('why');
    table.timestamp('acted_at', { useTz: true });

    table.check(`(state = 'waiting') = (acted_at IS NULL)`, [], 'collection_batch_items_acted');
    table.unique(['batch_id', 'invoice_id'], { indexName: 'collection_batch_items_once' });
    // The next ones that wait, in the order in which they were shown.
    table.index(['batch_id', 'position'], 'collection_batch_items_in_order');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('collection_batch_items');
}
