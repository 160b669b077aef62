import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('switch_ports', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('switch_id').notNullable().references('switches.id');
    table.integer('if_index').notNullable();
    table.text('name').notNullable();
    table.integer('speed_mbit').notNullable();
    table.unique(['switch_id', 'if_index'], { indexName: 'switch_ports_index' });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('switch_ports');
}
