import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('server_leases', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('server_id').notNullable().references('servers.id');
    table.uuid('service_id').notNullable().references('services.id');
    // Ended, never deleted: who held it at a given time must always be known.
    table.specificType('during', 'tstzrange').notNullable();
    // "What does this service hold?", asked at each release and on each service page.
    table.index(['service_id'], 'server_leases_of_service');
  });
  // A machine serves one customer at a time; a lease of thirty minutes is a holding that ends by itself.
  await knex.raw(`ALTER TABLE server_leases ADD CONSTRAINT server_leases_held_once
    EXCLUDE USING gist (server_id WITH =, during WITH &&)`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('server_leases');
}
