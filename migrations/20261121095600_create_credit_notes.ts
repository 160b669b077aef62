import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('credit_notes', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('invoice_id').notNullable().references('invoices.id');
    table.uuid('customer_id').notNullable().references('customers.id');
    table.text('number').notNullable().unique();
    table.text('reason').notNullable();
    table.specificType('currency', 'char(3)').notNullable();
    table.bigint('net_minor').notNullable();
    table.bigint('vat_minor').notNullable();
    table.bigint('total_minor').notNullable();
    table.date('issued_on').notNullable();
    table.timestamp('issued_at', { useTz: true }).notNullable();

    table.check('total_minor = net_minor + vat_minor AND total_minor > 0', [], 'credit_notes_sum');
    // A cancelled order's invoice is credited once.
    table.unique(['invoice_id', 'reason'], { indexName: 'credit_notes_once' });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('credit_notes');
}
