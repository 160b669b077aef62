import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('invoice_lines', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('invoice_id').notNullable().references('invoices.id');
    table.integer('position').notNullable();
    table.text('kind').notNullable().checkIn(['recurring', 'setup'], 'invoice_lines_kind');
    table.uuid('order_line_id').references('order_lines.id');
    table.uuid('service_id').references('services.id');
    // In the document's language, as it was issued.
    table.text('description').notNullable();
    table.text('detail');
    table.date('period_starts_on');
    table.date('period_ends_on');
    table.bigint('net_minor').notNullable();
    table.integer('vat_rate_bp').notNullable();
    table.bigint('vat_minor').notNullable();
    table.unique(['invoice_id', 'position'], { indexName: 'invoice_lines_position' });
  });
  // A period of a service is invoiced once. A first order's line has no days yet: it stands for its order line.
  await knex.raw(`CREATE UNIQUE INDEX invoice_lines_period ON invoice_lines (service_id, period_starts_on)
    WHERE kind = 'recurring' AND period_starts_on IS NOT NULL`);
  await knex.raw('CREATE UNIQUE INDEX invoice_lines_of_order ON invoice_lines (order_line_id, kind)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('invoice_lines');
}
