import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('reverse_names', (table) => {
    // Addresses without a row have none. Published to the name servers by its own process.
    table.specificType('address', 'inet').primary();
    table.uuid('service_id').notNullable().references('services.id');
    table.text('host_name').notNullable();
    table.timestamp('published_at', { useTz: true });
    table.index(['service_id'], 'reverse_names_of_service');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('reverse_names');
}
