import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('power_readings', (table) => {
    // Pages never speak to a machine: they show what was last read of it, and when.
    table.uuid('server_id').primary().references('servers.id');
    table.text('power').notNullable().checkIn(['on', 'off'], 'power_readings_power');
    table.timestamp('read_at', { useTz: true }).notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('power_readings');
}
