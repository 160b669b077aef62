import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('servers', (table) => {
    // Units it fills, upwards from its own.
    table.integer('height').notNullable().defaultTo(1);
    table.check('unit >= 1 AND height BETWEEN 1 AND 20', [], 'servers_place');
  });
  await knex.raw(`ALTER TABLE servers ADD CONSTRAINT servers_apart_in_rack
    EXCLUDE USING gist (rack_id WITH =, int4range(unit, unit + height) WITH &&)`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('ALTER TABLE servers DROP CONSTRAINT servers_apart_in_rack, DROP CONSTRAINT servers_place');
  await knex.schema.alterTable('servers', (table) => {
    table.dropColumn('height');
  });
}
