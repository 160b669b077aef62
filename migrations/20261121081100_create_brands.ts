import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('brands', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('legal_entity_id').notNullable().references('legal_entities.id');
    // The host name under which pages are this brand's; the first brand answers for unknown hosts.
    table.text('host').notNullable().unique();
    table.text('name').notNullable();
    table.text('sender').notNullable();
    table.text('accent').notNullable().checkRegex('^#[0-9a-f]{6}$', 'brands_accent');
    table.text('terms_version').notNullable();
    table.date('terms_from_on').notNullable();
    table.specificType('languages', 'text[]').notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('brands');
}
