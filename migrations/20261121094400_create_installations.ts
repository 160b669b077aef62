import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('installations', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('service_id').notNullable().references('services.id');
    table.uuid('server_id').notNullable().references('servers.id');
    // Only this is kept of the installer's token; it is void once the machine came up from its disk.
    table.binary('token_hash').notNullable().unique();
    table.text('status').notNullable();
    table.integer('percent');
    table.text('doing');
    table.timestamp('created_at', { useTz: true }).notNullable();
    table.timestamp('reported_at', { useTz: true });

    table.check(`status IN ('waiting', 'started', 'installed', 'booted', 'abandoned')`, [], 'installations_status');
  });
  // A machine that asks what to boot is answered for the one installation that stands open for it.
  await knex.raw(`CREATE UNIQUE INDEX installations_one_open ON installations (server_id)
    WHERE status IN ('waiting', 'started', 'installed')`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('installations');
}
