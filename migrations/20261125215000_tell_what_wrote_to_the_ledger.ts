import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // Ids are taken before a transaction commits, and transactions commit in another order. Numbers of database transactions
  // tell which of them are over: below the oldest one under way nothing can appear any more.
  await knex.raw('ALTER TABLE ledger_transactions ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id()');
  // The next block to be sealed is read from its end on.
  await knex.raw('CREATE UNIQUE INDEX ledger_transactions_in_order ON ledger_transactions (written_in, id)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE ledger_transactions DROP COLUMN written_in');
}
