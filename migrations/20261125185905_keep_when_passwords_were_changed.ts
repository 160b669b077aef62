import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // By the person themself; nothing while the password is one that nobody knows.
  for (const table of ['users', 'staff_members'])
    await knex.schema.alterTable(table, (people) => {
      people.timestamp('password_changed_at', { useTz: true });
    });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['staff_members', 'users'])
    await knex.schema.alterTable(table, (people) => people.dropColumn('password_changed_at'));
}
