import { type Invariant, PATIENCE } from './invariant.js';

const documents = `
  SELECT legal_entity_id, 'invoice' AS kind, number FROM invoices WHERE number IS NOT NULL
  UNION ALL SELECT i.legal_entity_id, 'credit_note', c.number FROM credit_notes c JOIN invoices i ON i.id = c.invoice_id`;

/** Periods that are invoiced and stand, one after the other for each service. */
const periods = `
  SELECT l.service_id, i.number, i.status, i.paid_at, l.period_starts_on AS starts_on, l.period_ends_on AS ends_on,
         lag(l.period_ends_on) OVER (PARTITION BY l.service_id ORDER BY l.period_starts_on, l.id) AS ended_on
  FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id
  WHERE l.kind = 'recurring' AND l.period_starts_on IS NOT NULL AND l.service_id IS NOT NULL AND i.status <> 'void'`;

export const ofInvoices: readonly Invariant[] = [
  {
    id: 'I2',
    name: 'invoicesAreTheirLines',
    sql: `SELECT i.number, i.net_minor, i.vat_minor, sum(l.net_minor) AS lines_net, sum(l.vat_minor) AS lines_vat
          FROM invoices i LEFT JOIN invoice_lines l ON l.invoice_id = i.id GROUP BY i.id
          HAVING coalesce(sum(l.net_minor), 0) <> i.net_minor OR coalesce(sum(l.vat_minor), 0) <> i.vat_minor`,
  },
  {
    id: 'I2',
    name: 'invoicesArePaidWhenNothingIsOwed',
    sql: `SELECT number, status, total_minor, settled FROM (
            SELECT i.*, coalesce((SELECT sum(amount_minor) FROM payments p WHERE p.invoice_id = i.id), 0)
                      - coalesce((SELECT sum(c.amount_minor) FROM account_credits c JOIN payments p ON p.id = c.payment_id
                                  WHERE p.invoice_id = i.id), 0) AS settled FROM invoices i) AS known
          WHERE (status = 'paid' AND settled <> total_minor) OR (status = 'open' AND settled >= total_minor AND total_minor > 0)
             OR (status = 'void' AND settled <> 0)
             OR (status = 'uncollectible' AND (settled >= total_minor OR id NOT IN (SELECT invoice_id FROM write_offs)))`,
  },
  {
    id: 'I2',
    name: 'ledgerTellsWhatIsOwed',
    sql: `WITH moved AS (
            SELECT 'invoice' AS kind, id AS source_id, id AS invoice_id, total_minor AS amount FROM invoices WHERE status <> 'draft'
            UNION ALL SELECT 'void', id, id, -total_minor FROM invoices WHERE status = 'void'
            UNION ALL SELECT 'payment', id, invoice_id, -amount_minor FROM payments
            UNION ALL SELECT 'account_credit', c.id, p.invoice_id, c.amount_minor
              FROM account_credits c JOIN payments p ON p.id = c.payment_id
            UNION ALL SELECT 'credit_note', id, invoice_id, -total_minor FROM credit_notes
            UNION ALL SELECT 'write_off', id, invoice_id, -amount_minor FROM write_offs
            UNION ALL SELECT 'refund', r.id, p.invoice_id, r.amount_minor FROM refunds r JOIN payments p ON p.id = r.payment_id
              WHERE r.status IN ('succeeded', 'returned')
            UNION ALL SELECT 'refund_return', r.id, p.invoice_id, -r.amount_minor
              FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE r.status = 'returned'),
          owed AS (SELECT invoice_id, sum(amount) AS owed FROM moved GROUP BY invoice_id),
          booked AS (
            SELECT moved.invoice_id, sum(e.amount_minor) AS booked FROM moved
            JOIN ledger_transactions t USING (kind, source_id)
            JOIN ledger_entries e ON e.transaction_id = t.id
              AND (e.account = 'receivables' OR (t.kind = 'payment' AND e.account = 'write_offs')) GROUP BY moved.invoice_id)
          SELECT i.number, i.status, owed, coalesce(booked, 0) AS booked FROM owed
          LEFT JOIN booked USING (invoice_id) JOIN invoices i ON i.id = owed.invoice_id WHERE owed <> coalesce(booked, 0)`,
  },
  {
    id: 'I4',
    name: 'periodsAreInvoicedOnce',
    sql: `SELECT s.slug, l.period_starts_on, array_agg(i.number) AS invoices FROM invoice_lines l
          JOIN invoices i ON i.id = l.invoice_id JOIN services s ON s.id = l.service_id
          WHERE l.kind = 'recurring' AND l.period_starts_on IS NOT NULL AND i.status <> 'void'
          GROUP BY s.id, l.period_starts_on HAVING count(*) > 1`,
  },
  {
    id: 'I4',
    name: 'periodsJoin',
    sql: `SELECT s.slug, p.number, p.ended_on, p.starts_on FROM (${periods}) AS p JOIN services s ON s.id = p.service_id
          WHERE p.ended_on <> p.starts_on OR p.ends_on <= p.starts_on`,
  },
  {
    id: 'I4',
    name: 'paidPeriodsCount',
    sql: `SELECT s.slug, p.number, p.ends_on, b.paid_until_on FROM (${periods}) AS p
          JOIN services s ON s.id = p.service_id JOIN subscriptions b ON b.service_id = s.id
          WHERE p.status = 'paid' AND s.status = 'active' AND b.paid_until_on < p.ends_on AND p.paid_at < now() - ${PATIENCE}`,
  },
  {
    id: 'I5',
    name: 'numbersHaveNoGap',
    sql: `WITH taken AS (
            SELECT *, split_part(number, '-', 2)::int AS year, split_part(number, '-', 3)::int AS nth FROM (${documents}) AS d)
          SELECT kind, year, s.last_number, count(number) AS documents, min(nth) AS first, max(nth) AS last
          FROM document_series s FULL JOIN taken USING (legal_entity_id, kind, year)
          GROUP BY legal_entity_id, kind, year, s.last_number
          HAVING count(DISTINCT nth) <> coalesce(s.last_number, 0) OR count(number) <> count(DISTINCT nth)
              OR min(nth) <> 1 OR max(nth) <> s.last_number`,
  },
  {
    id: 'I5',
    name: 'paidLinesAreFulfilledOnce',
    sql: `SELECT i.number, l.position, count(s.id) AS services FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id
          LEFT JOIN services s ON s.order_line_id = l.order_line_id
          WHERE i.status = 'paid' AND l.order_line_id IS NOT NULL GROUP BY i.id, l.id HAVING count(s.id) <> 1`,
  },
];
