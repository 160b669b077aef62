import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('racks', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('site_id').notNullable().references('sites.id');
    table.text('name').notNullable();
    table.integer('units').notNullable();
    table.unique(['site_id', 'name'], { indexName: 'racks_name_per_site' });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('racks');
}
