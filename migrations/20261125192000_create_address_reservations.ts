import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('address_reservations', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('prefix_id').notNullable().references('prefixes.id');
    table.specificType('block', 'inet').notNullable();
    table.text('justification').notNullable();
    table.uuid('reserved_by').notNullable().references('staff_members.id');
    // Ended, never deleted: why an address was not given out at a given time must always be known.
    table.specificType('during', 'tstzrange').notNullable();

    table.check('length(justification) BETWEEN 3 AND 500', [], 'address_reservations_justified');
    // What a prefix holds back is asked whenever an address of it is given out.
    table.index(['prefix_id'], 'address_reservations_of_prefix');
  });
  // An address is reserved once at a time, and no reserved block lies inside another.
  await knex.raw(`ALTER TABLE address_reservations ADD CONSTRAINT address_reservations_once
    EXCLUDE USING gist (block inet_ops WITH &&, during WITH &&)`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('address_reservations');
}
