import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('port_readings', (table) => {
    table.uuid('switch_port_id').primary().references('switch_ports.id').onDelete('CASCADE');
    table.timestamp('read_at', { useTz: true }).notNullable();
    // As the device says, not as it was told.
    table.boolean('up').notNullable();
    table.boolean('link').notNullable();
    table.timestamp('link_since', { useTz: true });
    table.text('name').notNullable();
    table.text('alias').notNullable();
    table.integer('speed_mbit').notNullable().checkBetween([0, 10_000_000], 'port_readings_speed');
    table.smallint('counter_bits').checkIn(['32', '64'], 'port_readings_counters');
    // Where whoever reads the port next goes on from.
    table.jsonb('memory').notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('port_readings');
}
