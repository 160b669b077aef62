import type { Knex } from 'knex';

const accounts = `'receivables', 'revenue', 'vat', 'cash', 'customer_credit', 'write_offs'`;

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('ledger_entries', (table) => {
    table.bigIncrements('id');
    table.bigInteger('transaction_id').notNullable().references('ledger_transactions.id');
    table.text('account').notNullable();
    table.specificType('currency', 'char(3)').notNullable();
    // Debits above zero, credits below.
    table.bigint('amount_minor').notNullable();

    table.check(`account IN (${accounts})`, [], 'ledger_entries_account');
    table.check('amount_minor <> 0', [], 'ledger_entries_not_zero');
    table.index(['transaction_id'], 'ledger_entries_of_transaction');
  });
  await knex.raw(`CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
    EXECUTE FUNCTION refuse_change()`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('ledger_entries');
}
