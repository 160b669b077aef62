import type { Invariant } from './invariant.js';

const appendOnly = ['ledger_entries', 'ledger_transactions', 'ledger_seals', 'payments', 'write_offs', 'audit_entries'];

/** Whatever moves money, and what its booking does to one account. */
const moves = `
  SELECT 'invoice' AS kind, id AS source_id, 'receivables' AS account, total_minor AS amount FROM invoices
    WHERE status <> 'draft' AND total_minor <> 0
  UNION ALL SELECT 'void', id, 'receivables', -total_minor FROM invoices WHERE status = 'void' AND total_minor <> 0
  UNION ALL SELECT 'payment', id, 'cash', amount_minor FROM payments WHERE method <> 'credit'
  UNION ALL SELECT 'payment', id, 'customer_credit', amount_minor FROM payments WHERE method = 'credit'
  UNION ALL SELECT 'credit_note', id, 'receivables', -total_minor FROM credit_notes
  UNION ALL SELECT 'write_off', id, 'receivables', -amount_minor FROM write_offs
  UNION ALL SELECT 'refund', r.id, CASE p.method WHEN 'credit' THEN 'customer_credit' ELSE 'cash' END, -r.amount_minor
    FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE r.status IN ('succeeded', 'returned')
  UNION ALL SELECT 'refund_return', id, 'cash', amount_minor FROM refunds WHERE status = 'returned'
  UNION ALL SELECT 'account_credit', id, 'customer_credit', -amount_minor FROM account_credits
    WHERE service_cancellation_id IS NOT NULL
  UNION ALL SELECT 'dispute', id, 'cash', -amount_minor FROM disputes WHERE withdrawn_at IS NOT NULL
  UNION ALL SELECT 'dispute_fee', id, 'cash', -fee_minor FROM disputes WHERE withdrawn_at IS NOT NULL AND fee_minor > 0
  UNION ALL SELECT 'dispute_won', id, 'cash', amount_minor FROM disputes WHERE status = 'won' AND withdrawn_at IS NOT NULL
  UNION ALL SELECT 'dispute_lost', id, 'disputed', -amount_minor FROM disputes
    WHERE status = 'lost' AND withdrawn_at IS NOT NULL`;

/** Rows that a booking may name as its cause, beyond those that always have one. */
const causes = `
  SELECT kind, source_id FROM moved UNION ALL SELECT 'account_credit', id FROM account_credits
  UNION ALL SELECT 'invoice', id FROM invoices UNION ALL SELECT 'void', id FROM invoices WHERE status = 'void'`;

export const ofLedger: readonly Invariant[] = [
  {
    id: 'I1',
    name: 'transactionsBalance',
    sql: `SELECT transaction_id, currency, sum(amount_minor) AS rest FROM ledger_entries
          GROUP BY transaction_id, currency HAVING sum(amount_minor) <> 0`,
  },
  {
    id: 'I1',
    name: 'ledgerBalances',
    sql: `SELECT currency, sum(amount_minor) AS rest FROM ledger_entries GROUP BY currency HAVING sum(amount_minor) <> 0`,
  },
  {
    id: 'I1',
    name: 'ledgerRefusesChanges',
    sql: `SELECT wanted.table_name FROM unnest('{${appendOnly.join(',')}}'::text[]) AS wanted (table_name)
          WHERE NOT EXISTS (SELECT FROM pg_trigger
            WHERE tgname = wanted.table_name || '_append_only' AND tgenabled IN ('O', 'A') AND tgrelid = wanted.table_name::regclass)`,
  },
  {
    id: 'I1',
    name: 'sealsStandAsSeen',
    sql: `SELECT c.asked_at, c.seal_block AS block FROM book_checks c LEFT JOIN ledger_seals s ON s.block = c.seal_block
          WHERE c.seal_block IS NOT NULL AND encode(s.hash, 'hex') IS DISTINCT FROM c.seal_hash`,
  },
  {
    id: 'I1',
    name: 'movesAreBookedOnce',
    sql: `WITH moved AS (${moves}),
          booked AS (
            SELECT t.kind, t.source_id, e.account, sum(e.amount_minor) AS amount FROM ledger_transactions t
            JOIN ledger_entries e ON e.transaction_id = t.id GROUP BY t.id, t.kind, t.source_id, e.account)
          SELECT moved.*, booked.amount AS booked FROM moved LEFT JOIN booked USING (kind, source_id, account)
          WHERE booked.amount IS DISTINCT FROM moved.amount`,
  },
  {
    id: 'I1',
    name: 'bookingsHaveACause',
    sql: `WITH moved AS (${moves}), causes AS (${causes})
          SELECT t.id, t.kind, t.source_id FROM ledger_transactions t
          WHERE NOT EXISTS (SELECT FROM causes c WHERE c.kind = t.kind AND c.source_id = t.source_id)`,
  },
];
