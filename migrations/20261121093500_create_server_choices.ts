import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('server_choices', (table) => {
    // The physical choices a machine was built with; an order takes a machine that has all it asks for.
    table.uuid('server_id').notNullable().references('servers.id');
    table.uuid('choice_id').notNullable().references('option_choices.id');
    table.primary(['server_id', 'choice_id']);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('server_choices');
}
