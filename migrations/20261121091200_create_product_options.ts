import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('product_options', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('product_id').notNullable().references('products.id');
    // The field's name in the order form.
    table.text('key').notNullable().checkRegex('^[a-z][a-z0-9_]*$', 'product_options_key');
    table.jsonb('name').notNullable();
    table.integer('position').notNullable();
    // Physical choices are built into a machine: stock is counted for each.
    table.boolean('is_physical').notNullable();
    table.unique(['product_id', 'key'], { indexName: 'product_options_key_per_product' });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('product_options');
}
