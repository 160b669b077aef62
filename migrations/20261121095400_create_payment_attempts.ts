import type { Knex } from 'knex';

const open = `'created', 'processing', 'requires_action', 'unknown'`;

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('payment_attempts', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('invoice_id').notNullable().references('invoices.id');
    table.uuid('payment_method_id').notNullable().references('payment_methods.id');
    table.bigint('amount_minor').notNullable();
    table.specificType('currency', 'char(3)').notNullable();
    table.boolean('on_session').notNullable();
    table.text('status').notNullable();
    // Committed before the provider is called; the charge made under it is found by it.
    table.text('create_key').notNullable().unique();
    table.text('confirm_key').notNullable().unique();
    table.text('intent_id').unique();
    table.text('decline_kind').checkIn(['soft', 'hard', 'authentication_required'], 'payment_attempts_decline_kind');
    table.text('decline_code');
    table.timestamp('started_at', { useTz: true }).notNullable();
    table.timestamp('settled_at', { useTz: true });

    table.check('amount_minor > 0', [], 'payment_attempts_positive');
    table.check(`status IN (${open}, 'succeeded', 'declined', 'cancelled')`, [], 'payment_attempts_status');
    table.check(`(settled_at IS NULL) = (status IN (${open}))`, [], 'payment_attempts_settled');
    table.index(['invoice_id', 'started_at'], 'payment_attempts_of_invoice');
  });
  // While one attempt is open no other starts.
  await knex.raw(`CREATE UNIQUE INDEX payment_attempts_one_open ON payment_attempts (invoice_id)
    WHERE status IN (${open})`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('payment_attempts');
}
