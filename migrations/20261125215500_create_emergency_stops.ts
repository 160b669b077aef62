import type { Knex } from 'knex';

const kinds = ['all', 'charges', 'power', 'mails', 'installations', 'dunning'];

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('emergency_stops', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('kind').notNullable().checkIn(kinds, 'emergency_stops_kind');
    // Why, in the words of whoever set it; or what automation noticed when it stopped by itself: `{ noticed, from, to }`.
    table.text('reason').checkLength('<=', 500, 'emergency_stops_reason_length');
    table.jsonb('cause');
    table.uuid('set_by_staff_id').references('staff_members.id');
    table.timestamp('set_at', { useTz: true }).notNullable();
    table.uuid('lifted_by_staff_id').references('staff_members.id');
    table.timestamp('lifted_at', { useTz: true });

    table.check('num_nonnulls(reason, cause) = 1', [], 'emergency_stops_has_a_reason');
    table.check('(reason IS NULL) = (set_by_staff_id IS NULL)', [], 'emergency_stops_set_by_somebody');
    // A person agrees before anything goes on.
    table.check('(lifted_at IS NULL) = (lifted_by_staff_id IS NULL)', [], 'emergency_stops_lifted_by_somebody');
    table.index('set_at', 'emergency_stops_history');
  });
  // Asked before every act outside; of two who pull the brake at once the second finds it pulled.
  await knex.raw('CREATE UNIQUE INDEX emergency_stops_standing ON emergency_stops (kind) WHERE lifted_at IS NULL');
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('emergency_stops');
}
