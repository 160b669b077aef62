import type { Knex } from 'knex';

const states = ['requested', 'pending', 'succeeded', 'failed'];
const kinds = ['invoice', 'void', 'payment', 'credit_note', 'refund', 'account_credit', 'write_off'];

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('refunds', (table) => {
    // One that came back keeps its row and its booking: what takes its place is the next round of the same credit.
    table.smallint('round').notNullable().defaultTo(1);
    table.timestamp('returned_at', { useTz: true });
    table.timestamp('return_closed_at', { useTz: true });
    table.dropUnique(['payment_id', 'credit_note_id'], 'refunds_once');
    table.unique(['payment_id', 'credit_note_id', 'round'], { indexName: 'refunds_once' });
    table.check(`(status = 'returned') = (returned_at IS NOT NULL)`, [], 'refunds_returned');
  });
  await allow(knex, 'refunds', 'status', [...states, 'returned']);
  await allow(knex, 'ledger_transactions', 'kind', [...kinds, 'refund_return']);
}

export async function down(knex: Knex): Promise<void> {
  await allow(knex, 'ledger_transactions', 'kind', kinds);
  await allow(knex, 'refunds', 'status', states);
  await knex.schema.alterTable('refunds', (table) => {
    table.dropChecks('refunds_returned');
    table.dropUnique(['payment_id', 'credit_note_id', 'round'], 'refunds_once');
    table.unique(['payment_id', 'credit_note_id'], { indexName: 'refunds_once' });
    table.dropColumns('round', 'returned_at', 'return_closed_at');
  });
}

async function allow(knex: Knex, table: string, column: string, words: readonly string[]): Promise<void> {
  const list = words.map((word) => `'${word}'`).join(', ');
  await knex.raw(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_${column},
    ADD CONSTRAINT ${table}_${column} CHECK (${column} IN (${list}))`);
}
