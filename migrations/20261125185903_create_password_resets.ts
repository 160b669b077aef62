import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('password_resets', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('person_kind').notNullable().checkIn(['user', 'staff'], 'password_resets_person_kind');
    // Whoever was named, known to us or not; nothing once it was looked up.
    table.text('name');
    table.text('address').notNullable();
    table.timestamp('asked_at', { useTz: true }).notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('password_resets');
}
