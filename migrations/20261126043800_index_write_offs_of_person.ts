import type { Knex } from 'knex';

/** What one person gave up within a day is summed at every write-off, and on every page that offers one. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('CREATE INDEX write_offs_of_person ON write_offs (written_off_by, written_off_at)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('DROP INDEX write_offs_of_person');
}
