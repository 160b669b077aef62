import type { Knex } from 'knex';

/** The list of processes takes the newest of each: there are more letters than anything else that is told of one by one. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('CREATE INDEX account_letters_newest ON account_letters (happened_at DESC)');
  await knex.raw('CREATE INDEX password_resets_newest ON password_resets (asked_at DESC)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX password_resets_newest');
  await knex.raw('DROP INDEX account_letters_newest');
}
