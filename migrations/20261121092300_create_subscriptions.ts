import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('subscriptions', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('service_id').notNullable().unique().references('services.id');
    table.bigint('price_minor').notNullable();
    table.specificType('currency', 'char(3)').notNullable();
    table.integer('period_months').notNullable();
    table.date('anchored_on').notNullable();
    // The first day not paid for; pages print the day before it.
    table.date('paid_until_on').notNullable();
    table.date('free_from_on').notNullable();
    table.integer('notice_days').notNullable();
    table.boolean('credits_unused_time').notNullable();
    table.boolean('auto_renew').notNullable().defaultTo(true);

    table.check('price_minor >= 0', [], 'subscriptions_price_not_negative');
    table.check('period_months IN (1, 3, 6, 12, 24, 36)', [], 'subscriptions_period_months');
    table.check('notice_days >= 0', [], 'subscriptions_notice_not_negative');
    table.check('paid_until_on >= anchored_on', [], 'subscriptions_paid_after_start');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('subscriptions');
}
