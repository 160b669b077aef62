import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('switches', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('site_id').notNullable().references('sites.id');
    table.text('name').notNullable().unique();
    table.text('host').notNullable();
    table.integer('port').notNullable().defaultTo(161);
    table.text('version').notNullable().checkIn(['2c', '3'], 'switches_version');
    table.binary('community_sealed').notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('switches');
}
