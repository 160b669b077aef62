import type { Knex } from 'knex';

/** Sets that ask for another card, or that grant days: as many, with a reason, from where each invoice stood. */
export async function up(knex: Knex): Promise<void> {
  await allow(knex, ['retry', 'write_off', 'ask_card', 'grant'], `act IN ('write_off', 'grant')`);
  await knex.schema.alterTable('collection_batches', (table) => {
    table.integer('days');
    table.check(`(act = 'grant') = (days IS NOT NULL)`, [], 'collection_batches_days');
  });
  await knex.schema.alterTable('collection_batch_items', (table) => {
    // When its next try stood as it was sent: days are granted from there, so that asked twice they are the same.
    table.timestamp('next_try_at', { useTz: true });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('collection_batch_items', (table) => table.dropColumn('next_try_at'));
  await knex.schema.alterTable('collection_batches', (table) => table.dropColumn('days'));
  await allow(knex, ['retry', 'write_off'], `act = 'write_off'`);
}

async function allow(knex: Knex, acts: readonly string[], withReason: string): Promise<void> {
  await knex.schema.alterTable('collection_batches', (table) => {
    for (const name of ['collection_batches_act', 'collection_batches_reason']) table.dropChecks(name);
  });
  await knex.schema.alterTable('collection_batches', (table) => {
    table.check(`act IN (${acts.map((act) => `'${act}'`).join(', ')})`, [], 'collection_batches_act');
    table.check(`(${withReason}) = (reason IS NOT NULL)`, [], 'collection_batches_reason');
  });
}
