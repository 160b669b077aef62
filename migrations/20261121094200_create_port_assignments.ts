import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('port_assignments', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('switch_port_id').notNullable().references('switch_ports.id');
    table.uuid('vlan_id').notNullable().references('vlans.id');
    table.uuid('service_id').notNullable().references('services.id');
    // Ended, never deleted: who held it at a given time must always be known.
    table.specificType('during', 'tstzrange').notNullable();
    // "What does this service hold?", asked at each release and on each service page.
    table.index(['service_id'], 'port_assignments_of_service');
  });
  // A port's traffic is one service's at a time.
  await knex.raw(`ALTER TABLE port_assignments ADD CONSTRAINT port_assignments_held_once
    EXCLUDE USING gist (switch_port_id WITH =, during WITH &&)`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('port_assignments');
}
