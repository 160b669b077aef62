import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('installations', (table) => {
    // From then on the machine's disks may hold data; where nothing stands they are as they were before.
    table.timestamp('started_at', { useTz: true });
  });
  // Of what was given up no more is known than that there was a report: it counts as begun.
  await knex.raw(`UPDATE installations SET started_at = coalesce(reported_at, created_at)
    WHERE reported_at IS NOT NULL OR status IN ('started', 'installed', 'booted')`);
  // "Did an installer ever write to this machine?"
  await knex.raw('CREATE INDEX installations_of_server ON installations (server_id)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('installations', (table) => {
    table.dropColumn('started_at');
  });
}
