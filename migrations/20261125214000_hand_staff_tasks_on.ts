import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('staff_tasks', (table) => {
    // When somebody was asked; `since` is when the step was first tried.
    table.timestamp('opened_at', { useTz: true });
    table.timestamp('due_at', { useTz: true });
    table.uuid('assignee_id').references('staff_members.id');
    table.timestamp('unassigned_since', { useTz: true });
    table.timestamp('escalated_at', { useTz: true });
    table.text('escalated_for').checkIn(['overdue', 'unassigned'], 'staff_tasks_escalated_for');
    // Found by a batch, where no process waits for the answer.
    table.setNullable('workflow_id');
  });
  await knex.raw(
    `UPDATE staff_tasks SET opened_at = since, unassigned_since = since, due_at = since + interval '4 hours'`,
  );
  await knex.raw(`ALTER TABLE staff_tasks ALTER opened_at SET NOT NULL, ALTER due_at SET NOT NULL,
    DROP CONSTRAINT staff_tasks_answer,
    ADD CONSTRAINT staff_tasks_answer CHECK (answer IN ('retry', 'skip', 'cancel', 'done')),
    ADD CONSTRAINT staff_tasks_answered_without_process CHECK (workflow_id IS NOT NULL OR answer = 'done'),
    ADD CONSTRAINT staff_tasks_in_one_hand CHECK (num_nulls(assignee_id, unassigned_since) = 1),
    ADD CONSTRAINT staff_tasks_escalated_whole CHECK (num_nulls(escalated_at, escalated_for) IN (0, 2))`);
  // For the list of one's own; and for what a process asked about the same step before.
  await knex.raw('CREATE INDEX staff_tasks_assigned ON staff_tasks (assignee_id) WHERE answer IS NULL');
  await knex.raw('CREATE INDEX staff_tasks_of_process ON staff_tasks (workflow_id, step)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`DELETE FROM staff_tasks WHERE workflow_id IS NULL OR answer = 'done'`);
  await knex.raw(`ALTER TABLE staff_tasks DROP COLUMN opened_at, DROP COLUMN due_at, DROP COLUMN assignee_id,
    DROP COLUMN unassigned_since, DROP COLUMN escalated_at, DROP COLUMN escalated_for,
    ALTER workflow_id SET NOT NULL, DROP CONSTRAINT staff_tasks_answer,
    ADD CONSTRAINT staff_tasks_answer CHECK (answer IN ('retry', 'skip', 'cancel'))`);
  await knex.raw('DROP INDEX staff_tasks_of_process');
}
