import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('sessions', (table) => {
    // The layout that connect-pg-simple reads and writes.
    table.text('sid').primary();
    table.jsonb('sess').notNullable();
    table.timestamp('expire', { useTz: true }).notNullable();
    // Expired sessions are swept by this.
    table.index(['expire'], 'sessions_expired');
  });
  // "Sign out everywhere" and disabling a person end their sessions by this.
  await knex.raw(`CREATE INDEX sessions_of_person ON sessions ((sess ->> 'personId'))`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('sessions');
}
