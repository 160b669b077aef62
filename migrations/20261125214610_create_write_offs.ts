import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('write_offs', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    // Once for an invoice: what is paid on it later is a payment, and takes nothing of this back.
    table.uuid('invoice_id').notNullable().unique().references('invoices.id');
    table.bigint('amount_minor').notNullable();
    table.specificType('currency', 'char(3)').notNullable();
    table.text('reason').notNullable();
    table.uuid('written_off_by').notNullable().references('staff_members.id');
    table.timestamp('written_off_at', { useTz: true }).notNullable();

    table.check('amount_minor > 0', [], 'write_offs_positive');
    table.check(`reason <> ''`, [], 'write_offs_reason');
  });
  await knex.raw(`CREATE TRIGGER write_offs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON write_offs
    EXECUTE FUNCTION refuse_change()`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('write_offs');
}
