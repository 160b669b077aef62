import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('products', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('category_id').notNullable().references('product_categories.id');
    table.text('slug').notNullable().unique();
    table.text('name').notNullable();
    table.jsonb('purpose').notNullable();
    table.jsonb('description').notNullable();
    // What the card of the catalogue lists: [{ label: { en, fr, uk }, value: { en, fr, uk } }].
    table.jsonb('facts').notNullable();
    table.integer('position').notNullable();
    table.boolean('listed').notNullable().defaultTo(true);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('products');
}
