import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('sign_in_places', (table) => {
    table.uuid('id').primary().defaultTo(knex.fn.uuid());
    table.uuid('user_id').references('users.id');
    table.uuid('staff_member_id').references('staff_members.id');
    // An IPv4 address, or the network of an IPv6 one.
    table.text('place').notNullable();
    table.timestamp('first_seen_at', { useTz: true }).notNullable();
    table.timestamp('last_seen_at', { useTz: true }).notNullable();

    table.check('num_nonnulls(user_id, staff_member_id) = 1', [], 'sign_in_places_one_person');
    // "Were they here before?"
    table.unique(['user_id', 'place'], { indexName: 'sign_in_places_of_user' });
    table.unique(['staff_member_id', 'place'], { indexName: 'sign_in_places_of_staff' });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('sign_in_places');
}
