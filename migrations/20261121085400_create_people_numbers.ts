import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // Numbers that people read to each other; a gap in them means nothing.
  await knex.raw('CREATE SEQUENCE customer_numbers START 2401');
  await knex.raw('CREATE SEQUENCE order_numbers START 10481');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP SEQUENCE order_numbers');
  await knex.raw('DROP SEQUENCE customer_numbers');
}
