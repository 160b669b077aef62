import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('account_links', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('user_id').references('users.id');
    table.uuid('staff_member_id').references('staff_members.id');
    table.text('purpose').notNullable().checkIn(['welcome', 'reset', 'staff_reset'], 'account_links_purpose');
    table.timestamp('made_at', { useTz: true }).notNullable();
    // Both from the moment at which its letter is written; of the token itself nothing is kept.
    table.binary('token_hash').unique();
    table.timestamp('expires_at', { useTz: true });
    table.timestamp('used_at', { useTz: true });
    // A newer one was asked for.
    table.timestamp('replaced_at', { useTz: true });

    table.check('num_nonnulls(user_id, staff_member_id) = 1', [], 'account_links_one_person');
    table.check('(token_hash IS NULL) = (expires_at IS NULL)', [], 'account_links_written');
    table.check('used_at IS NULL OR replaced_at IS NULL', [], 'account_links_one_end');
  });
  // At most one opens a door; a newer one finds the older by it.
  for (const owner of ['user_id', 'staff_member_id'])
    await knex.raw(`CREATE UNIQUE INDEX ?? ON account_links (??) WHERE used_at IS NULL AND replaced_at IS NULL`, [
      `account_links_one_for_${owner}`,
      owner,
    ]);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('account_links');
}
