import type { Knex } from 'knex';

const statuses = `'awaiting_payment', 'preparing', 'active', 'cancelling', 'cancelled', 'expired', 'refunded'`;

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('orders', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('number').notNullable().unique();
    table.uuid('customer_id').notNullable().references('customers.id');
    table.uuid('contract_id').notNullable().references('contracts.id');
    table.uuid('placed_by').notNullable().references('users.id');
    // One form, one order, however often it is sent.
    table.uuid('form_token').notNullable().unique();
    table.text('status').notNullable();
    table.specificType('currency', 'char(3)').notNullable();
    table.bigint('net_minor').notNullable();
    table.bigint('vat_minor').notNullable();
    table.bigint('total_minor').notNullable();
    table.text('terms_version').notNullable();
    table.text('accepted_from').notNullable();
    table.timestamp('placed_at', { useTz: true }).notNullable();
    table.timestamp('expires_at', { useTz: true }).notNullable();
    table.timestamp('closed_at', { useTz: true });

    table.check('net_minor >= 0 AND vat_minor >= 0 AND total_minor = net_minor + vat_minor', [], 'orders_sum');
    table.check(`status IN (${statuses})`, [], 'orders_status');
    // A customer's list, newest first; staff read all of them the same way.
    table.index(['customer_id', 'placed_at'], 'orders_of_customer');
    table.index(['placed_at'], 'orders_newest');
  });
  await knex.raw(`ALTER TABLE orders ALTER number SET DEFAULT 'NQ-' || nextval('order_numbers')`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('orders');
}
