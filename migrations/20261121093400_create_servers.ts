import type { Knex } from 'knex';

const statuses = [
  'new',
  'testing',
  'ready',
  'leased',
  'provisioning',
  'in_service',
  'suspended',
  'releasing',
  'quarantined',
]
  .concat(['wiping', 'tested', 'failed_testing', 'failed_provisioning', 'failed_releasing', 'failed_wiping'])
  .map((status) => `'${status}'`);

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('servers', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('label').notNullable().unique();
    table.uuid('product_id').notNullable().references('products.id');
    table.text('serial').notNullable().unique();
    table.specificType('mac', 'macaddr').notNullable().unique();
    table.uuid('rack_id').notNullable().references('racks.id');
    table.integer('unit').notNullable();
    // One cable: the port that carries its traffic.
    table.uuid('switch_port_id').notNullable().unique().references('switch_ports.id');
    table.text('status').notNullable();
    table.text('status_reason');
    table.timestamp('status_since', { useTz: true }).notNullable();

    table.check(`status IN (${statuses})`, [], 'servers_status');
    table.check(`status NOT LIKE 'failed%' OR status_reason IS NOT NULL`, [], 'servers_failure_has_reason');
    // Stock is counted by product among the ready ones.
    table.index(['product_id', 'status'], 'servers_in_stock');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('servers');
}
