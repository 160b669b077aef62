import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('services', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('customer_id').notNullable().references('customers.id');
    table.uuid('contract_id').notNullable().references('contracts.id');
    table.uuid('order_line_id').unique().references('order_lines.id');
    table.text('kind').notNullable().checkIn(['server'], 'services_kind');
    table.text('status').notNullable();
    // Part of its address, for ever; the name may be changed.
    table.text('slug').notNullable();
    table.text('name').notNullable();
    table.text('host_name').notNullable();
    table.timestamp('created_at', { useTz: true }).notNullable();
    table.timestamp('active_at', { useTz: true });
    table.timestamp('suspended_at', { useTz: true });
    table.timestamp('ended_at', { useTz: true });

    table.check(`status IN ('ordered', 'preparing', 'active', 'ended', 'abandoned')`, [], 'services_status');
    table.check(`(active_at IS NOT NULL) = (status IN ('active', 'ended'))`, [], 'services_active_since');
    table.unique(['customer_id', 'slug'], { indexName: 'services_slug_per_customer' });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('services');
}
