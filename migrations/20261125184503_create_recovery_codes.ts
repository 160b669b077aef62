import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('recovery_codes', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('second_factor_id').notNullable().references('second_factors.id').onDelete('CASCADE');
    table.binary('code_hash').notNullable();
    table.timestamp('used_at', { useTz: true });
    // A code that was typed is looked up by these.
    table.unique(['second_factor_id', 'code_hash'], { indexName: 'recovery_codes_of_factor' });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('recovery_codes');
}
