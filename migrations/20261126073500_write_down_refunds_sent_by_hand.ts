import type { Knex } from 'knex';

/** A refund that no provider sends is a bank transfer of ours: its reference, and who of the staff wrote it down. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('refunds', (table) => {
    table.text('transfer_reference');
    table.uuid('sent_by').references('staff_members.id');
    table.check(
      `(transfer_reference IS NULL) = (sent_by IS NULL)
        AND (transfer_reference IS NULL OR (status = 'succeeded' AND provider_id IS NULL))`,
      [],
      'refunds_sent_by_hand',
    );
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('refunds', (table) => {
    table.dropChecks('refunds_sent_by_hand');
    table.dropColumns('transfer_reference', 'sent_by');
  });
}
