import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // The usual time of a step is that of its last runs: read from the newest on, however many there ever were.
  await knex.raw(
    `CREATE INDEX process_steps_past ON process_steps (process, step, ended_at DESC) WHERE status = 'done'`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX process_steps_past');
}
