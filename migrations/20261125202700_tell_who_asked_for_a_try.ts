import type { Knex } from 'knex';

/** Nobody, where the customer paid or the card was tried by itself. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('payment_attempts', (table) => {
    table.uuid('asked_by').references('staff_members.id');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('payment_attempts', (table) => {
    table.dropColumn('asked_by');
  });
}
