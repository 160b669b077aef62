import type { Knex } from 'knex';

/** Few at any time among all that went back: what staff look for. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    `CREATE INDEX refunds_owed ON refunds (payment_id) WHERE status IN ('requested', 'failed', 'returned')`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX refunds_owed');
}
