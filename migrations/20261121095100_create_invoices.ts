import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('invoices', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('legal_entity_id').notNullable().references('legal_entities.id');
    table.uuid('customer_id').notNullable().references('customers.id');
    table.uuid('order_id').unique().references('orders.id');
    table.text('number').unique();
    table.text('status').notNullable();
    table.specificType('currency', 'char(3)').notNullable();
    table.bigint('net_minor').notNullable();
    table.bigint('vat_minor').notNullable();
    table.bigint('total_minor').notNullable();
    // Frozen as they were when it was issued.
    table.jsonb('seller').notNullable();
    table.jsonb('buyer').notNullable();
    table.text('vat_treatment').notNullable();
    table.text('language').notNullable();
    table.date('issued_on');
    table.date('due_on').notNullable();
    table.timestamp('issued_at', { useTz: true });
    table.timestamp('paid_at', { useTz: true });
    table.timestamp('voided_at', { useTz: true });

    table.check(`status IN ('draft', 'open', 'paid', 'void', 'uncollectible')`, [], 'invoices_status');
    table.check(`(status = 'draft') = (number IS NULL)`, [], 'invoices_numbered_when_issued');
    table.check('total_minor = net_minor + vat_minor', [], 'invoices_sum');
    table.index(['customer_id', 'due_on'], 'invoices_of_customer');
    // What is still owed: a handful among millions.
    table.index(['due_on'], 'invoices_open', { predicate: knex.whereRaw(`status = 'open'`) });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('invoices');
}
