import type { Knex } from 'knex';

const deeds = ['charge', 'refund', 'letter', 'power', 'installation', 'suspension'];

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('held_steps', (table) => {
    // One act of one process: its activity, and what it was asked for, as a hash of ids.
    table.text('workflow_id').notNullable();
    table.text('activity').notNullable();
    table.text('asked_for').notNullable();
    table.uuid('stop_id').notNullable().references('emergency_stops.id');
    // Every stop that holds it: with one of two lifted it stays where it is.
    table.specificType('stops', 'text[]').notNullable();
    table.text('deed').notNullable().checkIn(deeds, 'held_steps_deed');
    table.text('subject_type');
    table.text('subject');
    table.uuid('customer_id').references('customers.id');
    table.timestamp('since', { useTz: true }).notNullable();
    // The process was told that the stop is lifted; it asks anew, and this row goes.
    table.timestamp('told_at', { useTz: true });

    table.primary(['workflow_id', 'activity', 'asked_for']);
    table.index(['stop_id', 'since'], 'held_steps_at_stop');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('held_steps');
}
