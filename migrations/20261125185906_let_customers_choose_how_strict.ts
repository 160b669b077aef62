import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('customers', (table) => {
    // Of everybody who acts for them; who acts for several keeps the strictest of their rules.
    table.boolean('demands_second_factor').notNullable().defaultTo(false);
    table
      .text('password_level')
      .notNullable()
      .defaultTo('strong')
      .checkIn(['medium', 'strong'], 'customers_password_level');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('customers', (table) => {
    table.dropColumns('demands_second_factor', 'password_level');
  });
}
