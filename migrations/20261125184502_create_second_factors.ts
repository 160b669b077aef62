import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('second_factors', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    // One a person, of either kind.
    table.uuid('user_id').unique().references('users.id');
    table.uuid('staff_member_id').unique().references('staff_members.id');
    table.binary('sealed_secret').notNullable();
    // Counts for nothing until a code of it was given.
    table.timestamp('confirmed_at', { useTz: true });
    // Of the last code taken: none up to it is taken again.
    table.integer('last_step').notNullable().defaultTo(0);

    table.check('num_nonnulls(user_id, staff_member_id) = 1', [], 'second_factors_one_person');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('second_factors');
}
