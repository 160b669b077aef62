import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // A session that began before this moment is over, even where a request that was under way writes it once more.
  for (const table of ['users', 'staff_members'])
    await knex.schema.alterTable(table, (people) => {
      people.timestamp('sessions_ended_at', { useTz: true });
    });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['staff_members', 'users'])
    await knex.schema.alterTable(table, (people) => people.dropColumn('sessions_ended_at'));
}
