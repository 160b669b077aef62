import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('account_credits', (table) => {
    table.foreign('service_cancellation_id').references('service_cancellations.id');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('account_credits', (table) => {
    table.dropForeign('service_cancellation_id');
  });
}
