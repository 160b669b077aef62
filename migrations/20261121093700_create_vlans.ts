import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('vlans', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('site_id').notNullable().references('sites.id');
    table.integer('number').notNullable().checkBetween([1, 4094], 'vlans_number');
    table.text('name').notNullable();
    // `shared`: many customers' single addresses; `customer`: lent to one service with a routed block of its own.
    table.text('purpose').notNullable().checkIn(['shared', 'customer'], 'vlans_purpose');
    table.unique(['site_id', 'number'], { indexName: 'vlans_number_per_site' });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('vlans');
}
