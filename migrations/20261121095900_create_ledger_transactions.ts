import type { Knex } from 'knex';

const kinds = `'invoice', 'void', 'payment', 'credit_note', 'refund', 'account_credit', 'write_off'`;

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('ledger_transactions', (table) => {
    table.bigIncrements('id');
    table.text('kind').notNullable();
    // The row that caused it; one cause is booked once.
    table.uuid('source_id').notNullable();
    table.uuid('customer_id').notNullable().references('customers.id');
    table.timestamp('booked_at', { useTz: true }).notNullable();

    table.check(`kind IN (${kinds})`, [], 'ledger_transactions_kind');
    table.unique(['kind', 'source_id'], { indexName: 'ledger_transactions_once' });
    table.index(['customer_id', 'booked_at'], 'ledger_transactions_of_customer');
  });
  await knex.raw(`CREATE TRIGGER ledger_transactions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
    ON ledger_transactions EXECUTE FUNCTION refuse_change()`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('ledger_transactions');
}
