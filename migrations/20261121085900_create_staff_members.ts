import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('staff_members', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.text('email').notNullable();
    table.text('name').notNullable();
    table.text('role').notNullable();
    table.text('password_hash').notNullable();
    table.text('language').notNullable().checkIn(['en', 'fr', 'uk'], 'staff_members_language');
    table.text('time_zone').notNullable();
    table.timestamp('disabled_at', { useTz: true });
    table.timestamp('last_sign_in_at', { useTz: true });
    table.text('last_sign_in_address');

    table.check(
      `role IN ('administrator', 'support', 'billing', 'data_centre', 'read_only')`,
      [],
      'staff_members_role',
    );
  });
  await knex.raw('CREATE UNIQUE INDEX staff_members_email ON staff_members (lower(email))');
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('staff_members');
}
