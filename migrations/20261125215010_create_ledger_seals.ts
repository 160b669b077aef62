import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('ledger_seals', (table) => {
    table.bigInteger('block').primary();
    // What the block holds, and a hash of each with its entries: a seal that breaks names what was changed.
    table.specificType('transaction_ids', 'bigint[]').notNullable();
    table.specificType('leaves', 'bytea[]').notNullable();
    // Where the next block begins.
    table.specificType('upto_written_in', 'xid8').notNullable();
    table.bigInteger('upto_id').notNullable();
    table.specificType('previous_hash', 'bytea').notNullable().unique();
    table.specificType('hash', 'bytea').notNullable();
    table.timestamp('sealed_at', { useTz: true }).notNullable();

    table.check('block > 0', [], 'ledger_seals_from_one');
    table.check('cardinality(transaction_ids) = cardinality(leaves)', [], 'ledger_seals_whole');
  });
  await knex.raw(`CREATE TRIGGER ledger_seals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_seals
    EXECUTE FUNCTION refuse_change()`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('ledger_seals');
}
