import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('terms_documents', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('brand_id').notNullable().references('brands.id');
    table.text('version').notNullable();
    table.date('from_on').notNullable();
    // Sections, a list for each language: { en: [{ heading, text }], … }.
    table.jsonb('sections').notNullable();

    table.unique(['brand_id', 'version'], { indexName: 'terms_documents_version' });
  });
  // Orders name the version that was accepted: what it said then, it says for ever.
  await knex.raw(`CREATE TRIGGER terms_documents_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON terms_documents
    EXECUTE FUNCTION refuse_change()`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('terms_documents');
}
