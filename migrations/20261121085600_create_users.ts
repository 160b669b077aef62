import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('users', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('email').notNullable();
    table.text('login_name');
    table.text('name').notNullable();
    table.text('password_hash').notNullable();
    table.text('language').notNullable().checkIn(['en', 'fr', 'uk'], 'users_language');
    table.text('time_zone').notNullable();
    table.timestamp('disabled_at', { useTz: true });
    table.timestamp('last_sign_in_at', { useTz: true });
    table.text('last_sign_in_address');
  });
  // Signing in finds a person by either, whatever the case it is typed in.
  await knex.raw('CREATE UNIQUE INDEX users_email ON users (lower(email))');
  await knex.raw('CREATE UNIQUE INDEX users_login_name ON users (lower(login_name))');
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('users');
}
