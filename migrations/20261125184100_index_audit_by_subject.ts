import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // A machine's, a switch's, a prefix's page shows what was changed about it, newest first.
  await knex.schema.alterTable('audit_entries', (table) => {
    table.index(['subject_type', 'subject_id', 'happened_at'], 'audit_entries_of_subject');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('audit_entries', (table) => {
    table.dropIndex([], 'audit_entries_of_subject');
  });
}
