import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('option_choices', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('option_id').notNullable().references('product_options.id');
    table.text('key').notNullable();
    table.jsonb('name').notNullable();
    table.jsonb('remark');
    table.integer('position').notNullable();
    table.boolean('is_default').notNullable().defaultTo(false);
    // Size of the routed IPv4 block that comes with the choice; the registry asks why it is needed.
    table.integer('ipv4_prefix_length').checkBetween([24, 32], 'option_choices_ipv4_prefix_length');
    table.unique(['option_id', 'key'], { indexName: 'option_choices_key_per_option' });
  });
  await knex.raw('CREATE UNIQUE INDEX option_choices_one_default ON option_choices (option_id) WHERE is_default');
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('option_choices');
}
