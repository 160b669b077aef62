import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('contracts', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('customer_id').notNullable().references('customers.id');
    table.text('name').notNullable();
    table.boolean('is_default').notNullable().defaultTo(false);
    table.unique(['customer_id', 'name'], { indexName: 'contracts_name_per_customer' });
  });
  await knex.raw('CREATE UNIQUE INDEX contracts_one_default ON contracts (customer_id) WHERE is_default');
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('contracts');
}
