import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('root_passwords', (table) => {
    // Made once, sealed with the application's key, gone when shown or after 48 hours.
    table.uuid('service_id').primary().references('services.id');
    table.binary('password_sealed');
    table.text('crypt_hash').notNullable();
    table.binary('link_hash').notNullable().unique();
    table.timestamp('created_at', { useTz: true }).notNullable();
    table.timestamp('expires_at', { useTz: true }).notNullable();
    table.timestamp('shown_at', { useTz: true });
    table.uuid('shown_to').references('users.id');

    table.check('shown_at IS NULL OR password_sealed IS NULL', [], 'root_passwords_gone_when_shown');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('root_passwords');
}
