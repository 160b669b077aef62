import type { Invariant } from './invariant.js';

/** What customers were given of credit, used, and got back. */
const credit = `
  SELECT customer_id, currency, amount_minor FROM account_credits
  UNION ALL SELECT customer_id, currency, -amount_minor FROM payments WHERE method = 'credit'
  UNION ALL SELECT p.customer_id, r.currency, r.amount_minor FROM refunds r JOIN payments p ON p.id = r.payment_id
    WHERE p.method = 'credit' AND r.status = 'succeeded'`;

export const ofPayments: readonly Invariant[] = [
  {
    id: 'I3',
    name: 'attemptsBringTheirPayment',
    sql: `SELECT a.id, a.status, a.amount_minor, p.amount_minor AS paid FROM payment_attempts a
          LEFT JOIN payments p ON p.attempt_id = a.id
          WHERE (a.status = 'succeeded') <> (p.id IS NOT NULL) OR p.amount_minor <> a.amount_minor`,
  },
  {
    id: 'I3',
    name: 'oneAttemptIsOpen',
    sql: `SELECT i.number, count(*) AS open FROM payment_attempts a JOIN invoices i ON i.id = a.invoice_id
          WHERE a.settled_at IS NULL GROUP BY i.id HAVING count(*) > 1`,
  },
  {
    id: 'I3',
    name: 'idsAndKeysAreUsedOnce',
    sql: `SELECT what, value, count(*) FROM (
            SELECT 'charge' AS what, intent_id AS value FROM payment_attempts UNION ALL SELECT 'payment', provider_id FROM payments
            UNION ALL SELECT 'refund', provider_id FROM refunds UNION ALL SELECT 'dispute', provider_id FROM disputes
            UNION ALL SELECT 'key', create_key FROM payment_attempts UNION ALL SELECT 'key', confirm_key FROM payment_attempts
            UNION ALL SELECT 'key', key FROM refunds) AS used
          WHERE value IS NOT NULL GROUP BY what, value HAVING count(*) > 1`,
  },
  {
    id: 'I3',
    name: 'excessIsCredit',
    sql: `SELECT i.number, i.total_minor, sum(p.amount_minor) AS paid, coalesce(sum(c.amount_minor), 0) AS credit
          FROM invoices i JOIN payments p ON p.invoice_id = i.id LEFT JOIN account_credits c ON c.payment_id = p.id
          GROUP BY i.id HAVING sum(p.amount_minor) - coalesce(sum(c.amount_minor), 0) > i.total_minor`,
  },
  {
    id: 'I3',
    name: 'refundsStayWithinPayments',
    sql: `SELECT p.id, p.amount_minor, sum(r.amount_minor) AS refunded FROM payments p JOIN refunds r ON r.payment_id = p.id
          WHERE r.status NOT IN ('failed', 'returned') GROUP BY p.id HAVING sum(r.amount_minor) > p.amount_minor`,
  },
  {
    id: 'I9',
    name: 'creditIsNotNegative',
    sql: `SELECT c.number AS customer, moved.currency, sum(amount_minor) AS credit FROM (${credit}) AS moved
          JOIN customers c ON c.id = moved.customer_id GROUP BY c.id, moved.currency HAVING sum(amount_minor) < 0`,
  },
  {
    id: 'I9',
    name: 'ledgerTellsCredit',
    sql: `SELECT c.number AS customer, told.currency, sum(kept) AS credit, sum(booked) AS booked FROM (
            SELECT customer_id, currency, amount_minor AS kept, 0 AS booked FROM (${credit}) AS moved
            UNION ALL SELECT t.customer_id, e.currency, 0, -e.amount_minor FROM ledger_entries e
              JOIN ledger_transactions t ON t.id = e.transaction_id WHERE e.account = 'customer_credit') AS told
          JOIN customers c ON c.id = told.customer_id GROUP BY c.id, told.currency HAVING sum(kept) <> sum(booked)`,
  },
];
