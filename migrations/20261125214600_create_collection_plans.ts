import type { Knex } from 'knex';

/** What staff said of an invoice's next try, and when they last asked its customer for another card. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('collection_plans', (table) => {
    table.uuid('invoice_id').primary().references('invoices.id');
    table.timestamp('try_at', { useTz: true });
    table.uuid('payment_method_id').references('payment_methods.id');
    table.timestamp('held_until', { useTz: true });
    table.timestamp('card_asked_at', { useTz: true });

    table.check('try_at IS NULL OR held_until IS NULL', [], 'collection_plans_one_or_other');
    table.check('(try_at IS NULL) = (payment_method_id IS NULL)', [], 'collection_plans_card_named');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('collection_plans');
}
