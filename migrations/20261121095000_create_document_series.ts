import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('document_series', (table) => {
    table.uuid('legal_entity_id').notNullable().references('legal_entities.id');
    table.text('kind').notNullable().checkIn(['invoice', 'credit_note'], 'document_series_kind');
    table.integer('year').notNullable();
    // Taken under the row's lock inside the transaction that issues the document: gapless.
    table.integer('last_number').notNullable();
    table.primary(['legal_entity_id', 'kind', 'year']);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('document_series');
}
