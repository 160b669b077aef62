import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('device_leases', (table) => {
    // One device, one command at a time, across workers: whoever holds the row may speak to it until it expires.
    table.text('device').primary();
    table.text('holder').notNullable();
    table.timestamp('expires_at', { useTz: true }).notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('device_leases');
}
