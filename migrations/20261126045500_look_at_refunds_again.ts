import type { Knex } from 'knex';

/** A refund that stood when its bank was asked may still come back: the process that looks again has the count in its id. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('refunds', (table) => {
    table.smallint('return_looks').notNullable().defaultTo(1);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('refunds', (table) => {
    table.dropColumn('return_looks');
  });
}
