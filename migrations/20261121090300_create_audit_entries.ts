import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('audit_entries', (table) => {
    table.bigIncrements('id');
    table.text('actor_kind').notNullable().checkIn(['user', 'staff', 'process', 'guest'], 'audit_entries_actor_kind');
    table.uuid('actor_id');
    table.text('actor_name').notNullable();
    table.uuid('customer_id').references('customers.id');
    table.text('action').notNullable();
    table.text('subject_type').notNullable();
    table.text('subject_id').notNullable();
    table.jsonb('before');
    table.jsonb('after');
    table.text('address');
    table.timestamp('happened_at', { useTz: true }).notNullable();

    // The trail is read newest first, as a whole and for one customer.
    table.index(['happened_at', 'id'], 'audit_entries_newest');
    table.index(['customer_id', 'happened_at'], 'audit_entries_of_customer');
  });
  await knex.raw(`CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
    EXECUTE FUNCTION refuse_change()`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('audit_entries');
}
