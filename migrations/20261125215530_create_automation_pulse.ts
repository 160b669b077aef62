import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('automation_pulse', (table) => {
    // One row: when automation was last seen awake.
    table.text('name').primary().checkIn(['automation'], 'automation_pulse_once');
    table.timestamp('beat_at', { useTz: true }).notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('automation_pulse');
}
