import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('product_categories', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('slug').notNullable().unique();
    // Texts of the catalogue are the shop's own, one for each language: { en, fr, uk }.
    table.jsonb('name').notNullable();
    table.integer('position').notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('product_categories');
}
