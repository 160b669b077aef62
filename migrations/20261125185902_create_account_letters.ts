import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('account_letters', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('user_id').references('users.id');
    table.uuid('staff_member_id').references('staff_members.id');
    // Which words it has: a phrase for each.
    table.text('kind').notNullable();
    table.uuid('link_id').references('account_links.id');
    // What it tells besides: an address, how many codes are left.
    table.jsonb('values').notNullable().defaultTo('{}');
    table.timestamp('happened_at', { useTz: true }).notNullable();

    table.check('num_nonnulls(user_id, staff_member_id) = 1', [], 'account_letters_one_person');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('account_letters');
}
