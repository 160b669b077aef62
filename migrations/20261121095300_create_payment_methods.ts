import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('payment_methods', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('customer_id').notNullable().references('customers.id');
    table.text('provider_id').notNullable().unique();
    table.text('brand').notNullable();
    table.specificType('last4', 'char(4)').notNullable();
    table.integer('exp_month').notNullable();
    table.integer('exp_year').notNullable();
    table.boolean('is_default').notNullable().defaultTo(false);
    table.timestamp('added_at', { useTz: true }).notNullable();
    table.timestamp('removed_at', { useTz: true });

    table.check('NOT is_default OR removed_at IS NULL', [], 'payment_methods_default_stands');
  });
  await knex.raw('CREATE UNIQUE INDEX payment_methods_one_default ON payment_methods (customer_id) WHERE is_default');
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('payment_methods');
}
