import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('address_assignments', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('prefix_id').notNullable().references('prefixes.id');
    table.specificType('block', 'inet').notNullable();
    table.text('role').notNullable().checkIn(['primary', 'routed', 'ipv6'], 'address_assignments_role');
    table.text('justification');
    table.uuid('service_id').notNullable().references('services.id');
    // Ended, never deleted: who held it at a given time must always be known.
    table.specificType('during', 'tstzrange').notNullable();
    // "What does this service hold?", asked at each release and on each service page.
    table.index(['service_id'], 'address_assignments_of_service');
  });
  // An address belongs to one service at a time, and no block lies inside another's.
  await knex.raw(`ALTER TABLE address_assignments ADD CONSTRAINT address_assignments_held_once
    EXCLUDE USING gist (block inet_ops WITH &&, during WITH &&)`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('address_assignments');
}
