import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('process_steps', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    // A process's subject and step: a step tried again is the same row.
    table.text('process').notNullable();
    table.uuid('subject_id').notNullable();
    table.text('step').notNullable();
    table.text('status').notNullable().checkIn(['running', 'done', 'failed', 'undone'], 'process_steps_status');
    table.integer('attempts').notNullable();
    table.text('problem');
    table.timestamp('started_at', { useTz: true }).notNullable();
    table.timestamp('ended_at', { useTz: true });

    table.check(`(status = 'running') = (ended_at IS NULL)`, [], 'process_steps_ended');
    table.unique(['process', 'subject_id', 'step'], { indexName: 'process_steps_once' });
  });
  // The usual time of a step is told from the last runs that were done.
  await knex.raw(
    `CREATE INDEX process_steps_done ON process_steps (process, step, ended_at DESC) WHERE status = 'done'`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('process_steps');
}
