import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // Every page of the staff counts the invoices whose last try failed: among those that ever did, not among all that are open.
  await knex.raw(
    `CREATE INDEX payment_attempts_failed ON payment_attempts (invoice_id) WHERE status IN ('declined', 'unknown')`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX payment_attempts_failed');
}
