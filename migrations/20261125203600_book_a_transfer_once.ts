import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // However often it is sent, or by how many people at once: one transfer is one receipt for an invoice.
  await knex.raw(`CREATE UNIQUE INDEX payments_transfer_once ON payments (invoice_id, reference)
    WHERE method = 'transfer'`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX payments_transfer_once');
}
