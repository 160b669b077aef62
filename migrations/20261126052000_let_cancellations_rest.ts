import type { Knex } from 'knex';

const before = ['awaiting_confirmation', 'undeliverable', 'lapsed', 'scheduled', 'withdrawn', 'ending', 'ended'];
const confirmed = ['scheduled', 'ending', 'ended'];

/** What staff give up of a service's end rests for a while, and is tried again. */
export async function up(knex: Knex): Promise<void> {
  await allow(knex, [...before, 'resting'], [...confirmed, 'resting']);
  await knex.schema.alterTable('service_cancellations', (table) => {
    table.timestamp('resting_until', { useTz: true });
    table.check(`(status = 'resting') = (resting_until IS NOT NULL)`, [], 'service_cancellations_resting');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex('service_cancellations').where({ status: 'resting' }).update({ status: 'ending', resting_until: null });
  await knex.schema.alterTable('service_cancellations', (table) => table.dropColumn('resting_until'));
  await allow(knex, before, confirmed);
}

async function allow(knex: Knex, statuses: readonly string[], dayKnown: readonly string[]): Promise<void> {
  await knex.schema.alterTable('service_cancellations', (table) => {
    for (const name of ['service_cancellations_status', 'service_cancellations_end_known']) table.dropChecks(name);
  });
  await knex.schema.alterTable('service_cancellations', (table) => {
    table.check(`status IN (${listed(statuses)})`, [], 'service_cancellations_status');
    table.check(`ends_on IS NOT NULL OR status NOT IN (${listed(dayKnown)})`, [], 'service_cancellations_end_known');
  });
}

const listed = (statuses: readonly string[]) => statuses.map((status) => `'${status}'`).join(', ');
