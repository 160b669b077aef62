import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('prefixes', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('site_id').notNullable().references('sites.id');
    // Single addresses live in their prefix's VLAN; blocks go where their service's port is.
    table.uuid('vlan_id').references('vlans.id');
    table.specificType('block', 'cidr').notNullable();
    // `shared`: single addresses in the VLAN; `routed`: blocks cut out whole; `ipv6`: a /64 a server.
    table.text('purpose').notNullable().checkIn(['shared', 'routed', 'ipv6'], 'prefixes_purpose');
    table.specificType('gateway', 'inet');

    table.check('gateway IS NULL OR gateway << block', [], 'prefixes_gateway_inside');
    table.check(`(purpose = 'shared') = (vlan_id IS NOT NULL AND gateway IS NOT NULL)`, [], 'prefixes_shared_has_vlan');
    table.check(`(purpose = 'ipv6') = (family(block) = 6)`, [], 'prefixes_family');
  });
  // No address stands in two prefixes.
  await knex.raw('ALTER TABLE prefixes ADD CONSTRAINT prefixes_apart EXCLUDE USING gist (block inet_ops WITH &&)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('prefixes');
}
