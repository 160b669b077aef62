import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('legal_entities', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('name').notNullable();
    table.text('street').notNullable();
    table.text('postal_code').notNullable();
    table.text('city').notNullable();
    table.specificType('country', 'char(2)').notNullable();
    table.text('vat_number').notNullable();
    // On which day a document is issued.
    table.text('time_zone').notNullable();
    // The series a document's number is counted in: `NQ-2026-000123`, `NQC-2026-000017`.
    table.text('invoice_prefix').notNullable().unique();
    table.text('credit_note_prefix').notNullable().unique();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('legal_entities');
}
