import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('sites', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('code').notNullable().unique();
    table.text('city').notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('sites');
}
