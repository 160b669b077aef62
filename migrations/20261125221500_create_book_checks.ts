import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('book_checks', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    // Nobody, where it was time.
    table.uuid('asked_by').references('staff_members.id');
    table.timestamp('asked_at', { useTz: true }).notNullable();
    table.timestamp('began_at', { useTz: true });
    table.timestamp('ended_at', { useTz: true });
    // Where the chain of seals ended then: a chain that was made anew no longer has it.
    table.bigInteger('seal_block');
    table.text('seal_hash');

    table.check('num_nulls(seal_block, seal_hash) IN (0, 2)', [], 'book_checks_seal');
    table.check('ended_at IS NULL OR began_at IS NOT NULL', [], 'book_checks_in_order');
    table.index(['asked_at'], 'book_checks_newest');
  });
  // However often it is asked for meanwhile, one check is waiting or under way.
  await knex.raw('CREATE UNIQUE INDEX book_checks_one_open ON book_checks ((true)) WHERE ended_at IS NULL');
  await knex.schema.createTable('book_findings', (table) => {
    table.uuid('check_id').notNullable().references('book_checks.id');
    table.integer('position').notNullable();
    table.text('invariant').notNullable();
    table.text('name').notNullable();
    // Nothing where it could not be looked at: the outside was away.
    table.integer('faults');
    // The first of the rows at fault.
    table.jsonb('rows').notNullable().defaultTo('[]');
    table.primary(['check_id', 'position']);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('book_findings');
  await knex.schema.dropTable('book_checks');
}
