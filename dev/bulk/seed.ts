import type { Knex } from 'knex';
import { addCustomers } from './customers.js';
import { addInvoices } from './invoices.js';

interface Amounts {
  readonly customers: number;
  readonly invoices: number;
}

const BALANCE = 'ledger_entries_balance';

/**
 * Fills a migrated database that has a brand with so many customers and invoices more, all or nothing. The balance of the
 * bookings is looked at once at the end, in place of once for each entry.
 */
export async function seedBulk(knex: Knex, { customers, invoices }: Amounts, now: Date): Promise<void> {
  await knex.transaction(async (trx) => {
    await trx.raw(`SET LOCAL work_mem = '256MB'`);
    if (customers > 0) await addCustomers(trx, customers);
    if (invoices === 0) return;
    await trx.raw(`ALTER TABLE ledger_entries DISABLE TRIGGER ${BALANCE}`);
    await addInvoices(trx, invoices, now);
    await trx.raw(`ALTER TABLE ledger_entries ENABLE TRIGGER ${BALANCE}`);
    const { rows } = await trx.raw(
      'SELECT FROM ledger_entries GROUP BY transaction_id, currency HAVING sum(amount_minor) <> 0 LIMIT 1',
    );
    if (rows.length > 0) throw new Error('the bookings do not balance');
  });
  // Without these the planner takes the tables for empty, and index-only scans read every row.
  for (const table of ['customers', 'users', 'memberships', 'contracts', 'invoices', 'invoice_lines', 'payments'])
    await knex.raw('VACUUM ANALYZE ??', [table]);
  for (const table of ['ledger_transactions', 'ledger_entries']) await knex.raw('VACUUM ANALYZE ??', [table]);
}
