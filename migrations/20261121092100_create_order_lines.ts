import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('order_lines', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('order_id').notNullable().references('orders.id');
    table.integer('position').notNullable();
    table.uuid('product_id').notNullable().references('products.id');
    table.text('product_name').notNullable();
    // As it was sold: [{ option, choice, choiceId, name: { en, fr, uk }, recurringMinor, setupMinor }].
    table.jsonb('choices').notNullable();
    table.integer('period_months').notNullable();
    table.bigint('product_recurring_minor').notNullable();
    table.bigint('recurring_minor').notNullable();
    table.bigint('setup_minor').notNullable();
    table.text('host_name').notNullable();
    table.text('system').notNullable();
    table.integer('ipv4_prefix_length').notNullable();
    table.text('justification');
    table.text('ssh_key');
    table.text('implementation_contact').notNullable();
    table.unique(['order_id', 'position'], { indexName: 'order_lines_position' });
    table.check('recurring_minor >= 0 AND setup_minor >= 0', [], 'order_lines_not_negative');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('order_lines');
}
