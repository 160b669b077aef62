import type { Knex } from 'knex';

/** Days on which declined cards are tried again, as staff set them; before the first row the usual ones hold. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('retry_schedules', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.specificType('retry_days', 'integer[]').notNullable();
    table.integer('rest_days').notNullable();
    // Whether what is being collected goes over to it, or keeps the one it began with.
    table.boolean('takes_over').notNullable();
    table.uuid('set_by').notNullable().references('staff_members.id');
    // Two of one moment would leave open which holds.
    table.timestamp('set_at', { useTz: true }).notNullable().unique();
    // Up to which invoice collectors were told of it, and when all were.
    table.uuid('told_to');
    table.timestamp('told_at', { useTz: true });

    table.check('cardinality(retry_days) BETWEEN 1 AND 10', [], 'retry_schedules_days');
    table.check('rest_days BETWEEN 1 AND 7', [], 'retry_schedules_rest');
    table.check('takes_over OR told_at IS NOT NULL', [], 'retry_schedules_told');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('retry_schedules');
}
