import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('prices', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('product_id').references('products.id');
    table.uuid('choice_id').references('option_choices.id');
    table.specificType('currency', 'char(3)').notNullable();
    table.integer('period_months').notNullable();
    // Net, for one whole period.
    table.bigint('recurring_minor').notNullable();
    // Net, once, with the first period.
    table.bigint('setup_minor').notNullable().defaultTo(0);
    table.date('valid_from_on').notNullable();

    table.check('num_nonnulls(product_id, choice_id) = 1', [], 'prices_of_one_thing');
    table.check('period_months IN (1, 3, 6, 12, 24, 36)', [], 'prices_period_months');
    table.check('recurring_minor >= 0 AND setup_minor >= 0', [], 'prices_not_negative');
  });
  // One price is in force on a day: the latest that has begun.
  await knex.raw(`CREATE UNIQUE INDEX prices_in_force
    ON prices (coalesce(product_id, choice_id), currency, period_months, valid_from_on DESC)`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('prices');
}
