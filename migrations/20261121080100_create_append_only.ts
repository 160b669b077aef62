import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // A trigger for tables whose rows are history: what was written stays written, for the product's own code too.
  await knex.raw(`CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME;
    END $$`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP FUNCTION refuse_change()');
}
