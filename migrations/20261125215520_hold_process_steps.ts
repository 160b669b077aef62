import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`ALTER TABLE process_steps ADD COLUMN held_at timestamptz,
    DROP CONSTRAINT process_steps_status, DROP CONSTRAINT process_steps_ended,
    ADD CONSTRAINT process_steps_status CHECK (status IN ('running', 'held', 'done', 'failed', 'undone')),
    ADD CONSTRAINT process_steps_ended CHECK ((status IN ('running', 'held')) = (ended_at IS NULL)),
    ADD CONSTRAINT process_steps_held CHECK ((status = 'held') = (held_at IS NOT NULL))`);
  // What a process is at, for lists of staff: a step that waits at a stop too.
  await knex.raw('CREATE INDEX process_steps_open ON process_steps (subject_id) WHERE ended_at IS NULL');
  await knex.raw('DROP INDEX process_steps_running');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`UPDATE process_steps SET status = 'running', held_at = NULL WHERE status = 'held'`);
  await knex.raw(`ALTER TABLE process_steps DROP COLUMN held_at,
    DROP CONSTRAINT process_steps_status, DROP CONSTRAINT process_steps_ended,
    ADD CONSTRAINT process_steps_status CHECK (status IN ('running', 'done', 'failed', 'undone')),
    ADD CONSTRAINT process_steps_ended CHECK ((status = 'running') = (ended_at IS NULL))`);
  await knex.raw(`CREATE INDEX process_steps_running ON process_steps (subject_id) WHERE status = 'running'`);
  await knex.raw('DROP INDEX process_steps_open');
}
