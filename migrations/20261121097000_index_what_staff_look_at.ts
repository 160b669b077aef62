import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // "Taken today", on the first page of the staff.
  await knex.raw('CREATE INDEX payments_received ON payments (received_at)');
  // What is being done just now: a handful among millions.
  await knex.raw(`CREATE INDEX process_steps_running ON process_steps (subject_id) WHERE status = 'running'`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX process_steps_running');
  await knex.raw('DROP INDEX payments_received');
}
