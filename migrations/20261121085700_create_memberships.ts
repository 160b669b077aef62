import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('memberships', (table) => {
    table.uuid('user_id').notNullable().references('users.id');
    table.uuid('customer_id').notNullable().references('customers.id');
    table.text('role').notNullable().checkIn(['owner'], 'memberships_role');
    table.primary(['user_id', 'customer_id']);
    // "Who may act for this customer?"
    table.index(['customer_id'], 'memberships_of_customer');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('memberships');
}
