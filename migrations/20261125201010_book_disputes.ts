import type { Knex } from 'knex';

const kinds = ['invoice', 'void', 'payment', 'credit_note', 'refund', 'account_credit', 'write_off', 'refund_return'];
const ofDisputes = ['dispute', 'dispute_fee', 'dispute_won', 'dispute_lost'];
const accounts = ['receivables', 'revenue', 'vat', 'cash', 'customer_credit', 'write_offs'];

export async function up(knex: Knex): Promise<void> {
  await allow(knex, 'ledger_transactions', 'kind', [...kinds, ...ofDisputes]);
  await allow(knex, 'ledger_entries', 'account', [...accounts, 'disputed', 'fees']);
}

export async function down(knex: Knex): Promise<void> {
  await allow(knex, 'ledger_entries', 'account', accounts);
  await allow(knex, 'ledger_transactions', 'kind', kinds);
}

async function allow(knex: Knex, table: string, column: string, words: readonly string[]): Promise<void> {
  const list = words.map((word) => `'${word}'`).join(', ');
  await knex.raw(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_${column},
    ADD CONSTRAINT ${table}_${column} CHECK (${column} IN (${list}))`);
}
