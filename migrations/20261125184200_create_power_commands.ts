import type { Knex } from 'knex';

const statuses = ['requested', 'running', 'done', 'failed', 'refused'];

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('power_commands', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('server_id').notNullable().references('servers.id');
    // The one that held the machine; none in stock.
    table.uuid('service_id').references('services.id');
    table.text('command').notNullable().checkIn(['state', 'on', 'off', 'cycle', 'reset'], 'power_commands_command');
    table.text('reason').notNullable().checkLength('<=', 200, 'power_commands_reason_length');
    table.uuid('asked_by_user_id').references('users.id');
    table.uuid('asked_by_staff_id').references('staff_members.id');
    table.text('status').notNullable().defaultTo('requested').checkIn(statuses, 'power_commands_status');
    table.text('outcome');
    table.text('power_before').checkIn(['on', 'off'], 'power_commands_before');
    table.text('power_after').checkIn(['on', 'off'], 'power_commands_after');
    table.timestamp('asked_at', { useTz: true }).notNullable();
    table.timestamp('started_at', { useTz: true });
    // Written before the machine is asked, so that a worker that dies meanwhile does not restart it twice.
    table.timestamp('pushed_at', { useTz: true });
    table.timestamp('ended_at', { useTz: true });

    table.check('num_nonnulls(asked_by_user_id, asked_by_staff_id) = 1', [], 'power_commands_asked_by_one');
    table.check(`command = 'state' OR reason <> ''`, [], 'power_commands_reasoned');
    table.check(`(status IN ('requested', 'running')) = (outcome IS NULL)`, [], 'power_commands_outcome_known');
    table.check('(outcome IS NULL) = (ended_at IS NULL)', [], 'power_commands_ended');
    // The reboot log of a machine, and of what its customer runs on it: newest first.
    table.index(['server_id', 'asked_at'], 'power_commands_of_server');
    table.index(['service_id', 'asked_at'], 'power_commands_of_service');
  });
  // One command a machine at a time, and one look; of twenty clicks nineteen are refused here.
  await knex.raw(`CREATE UNIQUE INDEX power_commands_one_standing ON power_commands (server_id, (command = 'state'))
    WHERE status IN ('requested', 'running')`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('power_commands');
}
