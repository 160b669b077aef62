import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('payments', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('customer_id').notNullable().references('customers.id');
    table.uuid('invoice_id').notNullable().references('invoices.id');
    table.text('method').notNullable().checkIn(['card', 'transfer', 'credit'], 'payments_method');
    // One receipt an attempt, one a charge, however often either is reported.
    table.uuid('attempt_id').unique().references('payment_attempts.id');
    table.text('provider_id').unique();
    table.text('reference');
    table.bigint('amount_minor').notNullable();
    table.specificType('currency', 'char(3)').notNullable();
    table.timestamp('received_at', { useTz: true }).notNullable();

    table.check('amount_minor > 0', [], 'payments_positive');
    table.index(['invoice_id'], 'payments_of_invoice');
  });
  await knex.raw(`CREATE TRIGGER payments_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payments
    EXECUTE FUNCTION refuse_change()`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('payments');
}
