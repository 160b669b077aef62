import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // The last failure of each step, beside its usual time: a handful is read of however many there are.
  await knex.raw(
    `CREATE INDEX process_steps_failed ON process_steps (process, step, ended_at DESC) WHERE status = 'failed'`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX process_steps_failed');
}
