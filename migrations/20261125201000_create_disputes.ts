import type { Knex } from 'knex';

const states = ['reported', 'inquiry', 'open', 'under_review', 'won', 'lost', 'closed'];

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('disputes', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    // The attempt, because it is there before the provider knows of a charge: a payment may be booked later than this.
    table.uuid('attempt_id').notNullable().references('payment_attempts.id');
    table.text('provider_id').notNullable().unique();
    table.text('status').notNullable().checkIn(states, 'disputes_status');
    table.text('reason').notNullable().defaultTo('');
    table.bigint('amount_minor').notNullable().defaultTo(0);
    table.specificType('currency', 'char(3)').notNullable();
    table.bigint('fee_minor').notNullable().defaultTo(0);
    // The provider takes its fee in its own currency.
    table.specificType('fee_currency', 'char(3)').notNullable();
    table.timestamp('answer_by', { useTz: true });
    table.timestamp('reported_at', { useTz: true }).notNullable();
    table.timestamp('withdrawn_at', { useTz: true });
    table.timestamp('closed_at', { useTz: true });

    table.check(`status = 'reported' OR amount_minor > 0`, [], 'disputes_looked_at');
    table.check('fee_minor >= 0', [], 'disputes_fee');
    table.check(`(status IN ('won', 'lost', 'closed')) = (closed_at IS NOT NULL)`, [], 'disputes_closed');
    // Read with everything else of an invoice, through its attempts.
    table.index(['attempt_id'], 'disputes_of_attempt');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('disputes');
}
