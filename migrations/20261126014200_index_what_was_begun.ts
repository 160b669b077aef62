import type { Knex } from 'knex';

/** The newest of a kind: a list of processes looks no further than lists are counted. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('CREATE INDEX process_starts_newest ON process_starts (process, accepted_at)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX process_starts_newest');
}
