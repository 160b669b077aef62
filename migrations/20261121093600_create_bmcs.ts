import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('bmcs', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('server_id').notNullable().unique().references('servers.id');
    table.text('driver').notNullable().checkIn(['redfish', 'ipmi'], 'bmcs_driver');
    table.text('address').notNullable().unique();
    table.text('username').notNullable();
    table.binary('password_sealed').notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('bmcs');
}
