import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('bmcs', (table) => {
    // IPMI 2.0, table 22-20: 17 (SHA-256) where nothing else is known; old boards and simulators know only 3. Redfish has none.
    table
      .smallint('cipher_suite')
      .notNullable()
      .defaultTo(17)
      .checkBetween([1, 17], 'bmcs_cipher_suite_is_one_of_ipmi');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('bmcs', (table) => {
    table.dropColumn('cipher_suite');
  });
}
