import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // What was done with a task between its opening and its answer.
  await knex.schema.createTable('staff_task_events', (table) => {
    table.bigIncrements('id');
    table.uuid('task_id').notNullable().references('staff_tasks.id');
    table.text('event').notNullable().checkIn(['assigned', 'unassigned', 'noted', 'put_off', 'escalated']);
    // Nobody where the batch did it by itself.
    table.uuid('staff_id').references('staff_members.id');
    // To whom it was given.
    table.uuid('assignee_id').references('staff_members.id');
    table.timestamp('due_at', { useTz: true });
    table.text('note');
    table.timestamp('happened_at', { useTz: true }).notNullable();

    table.check(`event <> 'noted' OR (note IS NOT NULL AND staff_id IS NOT NULL)`, [], 'staff_task_events_noted');
    table.check(`(event = 'assigned') = (assignee_id IS NOT NULL)`, [], 'staff_task_events_assigned');
    table.check(`(event = 'put_off') = (due_at IS NOT NULL)`, [], 'staff_task_events_put_off');
    // The page reads a task's own, oldest first.
    table.index(['task_id', 'id']);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('staff_task_events');
}
