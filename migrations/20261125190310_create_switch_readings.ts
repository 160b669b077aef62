import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('switch_readings', (table) => {
    table.uuid('switch_id').primary().references('switches.id').onDelete('CASCADE');
    table.text('collector').notNullable();
    table.timestamp('answered_at', { useTz: true });
    table.timestamp('failing_since', { useTz: true });
    table.text('failure');
    table.timestamp('up_since', { useTz: true });
    // Of its last table of interfaces.
    table.integer('unreadable_values').notNullable().defaultTo(0);
    table.check('(failing_since IS NULL) = (failure IS NULL)', undefined, 'switch_readings_failure');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('switch_readings');
}
