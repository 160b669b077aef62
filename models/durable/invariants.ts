import type { Knex } from 'knex';

export interface Invariant {
  /** As numbered where they are explained, in `docs/data-model.md`. */
  readonly id: string;
  /** What holds, in a sentence. */
  readonly says: string;
  /** Finds the rows at fault: none, where it holds. */
  readonly sql: string;
}

export interface Breach {
  readonly invariant: Invariant;
  readonly rows: readonly Record<string, unknown>[];
}

/** How long an accepted order may wait for its process before somebody should know. */
const PATIENCE = `interval '10 minutes'`;

/** What must hold at every moment between two transactions, each in one statement over the whole database. */
export const invariants: readonly Invariant[] = [
  {
    id: 'I1',
    says: 'Every ledger transaction sums to zero in each currency.',
    sql: `SELECT transaction_id, currency, sum(amount_minor) AS rest FROM ledger_entries
          GROUP BY transaction_id, currency HAVING sum(amount_minor) <> 0`,
  },
  {
    id: 'I1',
    says: 'The ledger refuses changes: its triggers are there.',
    sql: `SELECT wanted.table_name FROM (VALUES ('ledger_entries'), ('ledger_transactions'), ('payments'), ('audit_entries'))
            AS wanted (table_name)
          WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = wanted.table_name || '_append_only' AND tgenabled = 'O')`,
  },
  {
    id: 'I1',
    says: 'Whatever moves money is booked once, over its own amount.',
    sql: `WITH moved (kind, source_id, account, amount) AS (
            SELECT 'invoice', id, 'receivables', total_minor FROM invoices WHERE status <> 'draft' AND total_minor <> 0
            UNION ALL SELECT 'void', id, 'receivables', -total_minor FROM invoices WHERE status = 'void' AND total_minor <> 0
            UNION ALL SELECT 'payment', id, 'cash', amount_minor FROM payments WHERE method <> 'credit'
            UNION ALL SELECT 'credit_note', id, 'receivables', -total_minor FROM credit_notes
            UNION ALL SELECT 'refund', id, 'cash', -amount_minor FROM refunds WHERE status IN ('succeeded', 'returned')
            UNION ALL SELECT 'dispute', id, 'cash', -amount_minor FROM disputes WHERE withdrawn_at IS NOT NULL
            UNION ALL SELECT 'dispute_fee', id, 'cash', -fee_minor FROM disputes WHERE withdrawn_at IS NOT NULL AND fee_minor > 0
            UNION ALL SELECT 'dispute_won', id, 'cash', amount_minor FROM disputes WHERE status = 'won' AND withdrawn_at IS NOT NULL
            UNION ALL SELECT 'dispute_lost', id, 'disputed', -amount_minor FROM disputes
              WHERE status = 'lost' AND withdrawn_at IS NOT NULL
            UNION ALL SELECT 'refund_return', id, 'cash', amount_minor FROM refunds WHERE status = 'returned')
          SELECT moved.* FROM moved
          LEFT JOIN ledger_transactions t ON t.kind = moved.kind AND t.source_id = moved.source_id
          LEFT JOIN ledger_entries e ON e.transaction_id = t.id AND e.account = moved.account
          WHERE e.amount_minor IS DISTINCT FROM moved.amount`,
  },
  {
    id: 'I2',
    says: 'An invoice is the sum of its lines.',
    sql: `SELECT i.number, i.net_minor, i.vat_minor, sum(l.net_minor) AS lines_net, sum(l.vat_minor) AS lines_vat
          FROM invoices i JOIN invoice_lines l ON l.invoice_id = i.id GROUP BY i.id
          HAVING sum(l.net_minor) <> i.net_minor OR sum(l.vat_minor) <> i.vat_minor`,
  },
  {
    id: 'I2',
    says: 'An invoice is paid when nothing is owed, and open while something is.',
    sql: `SELECT number, status, total_minor, settled FROM (
            SELECT i.*, coalesce((SELECT sum(amount_minor) FROM payments p WHERE p.invoice_id = i.id), 0)
                      - coalesce((SELECT sum(c.amount_minor) FROM account_credits c JOIN payments p ON p.id = c.payment_id
                                  WHERE p.invoice_id = i.id), 0) AS settled FROM invoices i) AS known
          WHERE (status = 'paid' AND settled <> total_minor) OR (status = 'open' AND settled >= total_minor AND total_minor > 0)
             OR (status = 'void' AND settled <> 0)`,
  },
  {
    id: 'I3',
    says: 'Each succeeded attempt brought one payment of its amount, and no other attempt brought any.',
    sql: `SELECT a.id, a.status, a.amount_minor, p.amount_minor AS paid FROM payment_attempts a
          LEFT JOIN payments p ON p.attempt_id = a.id
          WHERE (a.status = 'succeeded') <> (p.id IS NOT NULL) OR p.amount_minor <> a.amount_minor`,
  },
  {
    id: 'I3',
    says: 'What is paid back never exceeds what was paid.',
    sql: `SELECT p.id, p.amount_minor, sum(r.amount_minor) AS refunded FROM payments p JOIN refunds r ON r.payment_id = p.id
          WHERE r.status NOT IN ('failed', 'returned') GROUP BY p.id HAVING sum(r.amount_minor) > p.amount_minor`,
  },
  {
    id: 'I5',
    says: 'Document numbers have no gap.',
    sql: `WITH taken AS (
            SELECT legal_entity_id, 'invoice' AS kind, number FROM invoices WHERE number IS NOT NULL
            UNION ALL SELECT i.legal_entity_id, 'credit_note', c.number FROM credit_notes c JOIN invoices i ON i.id = c.invoice_id)
          SELECT s.kind, s.year, s.last_number, count(t.number) AS documents FROM document_series s
          LEFT JOIN taken t ON t.legal_entity_id = s.legal_entity_id AND t.kind = s.kind
               AND split_part(t.number, '-', 2) = s.year::text
          GROUP BY s.legal_entity_id, s.kind, s.year, s.last_number HAVING count(t.number) <> s.last_number`,
  },
  {
    id: 'I6',
    says: 'Nothing scarce is held for a service that came to nothing or has ended.',
    sql: `SELECT s.slug, s.status, held.what FROM services s JOIN (
            SELECT service_id, 'server' AS what FROM server_leases WHERE upper_inf(during)
            UNION ALL SELECT service_id, 'address' FROM address_assignments WHERE upper_inf(during)
            UNION ALL SELECT service_id, 'switch port' FROM port_assignments WHERE upper_inf(during)) AS held ON held.service_id = s.id
          WHERE s.status IN ('abandoned', 'ended')`,
  },
  {
    id: 'I6',
    says: 'A machine in service is held by one active service, and an active service holds one machine in service.',
    sql: `SELECT s.slug, s.status, m.label, m.status AS machine FROM server_leases l
          JOIN services s ON s.id = l.service_id JOIN servers m ON m.id = l.server_id
          WHERE upper_inf(l.during) AND (s.status = 'active') <> (m.status IN ('in_service', 'suspended'))
          UNION ALL SELECT s.slug, s.status, NULL, NULL FROM services s
          WHERE s.status = 'active' AND NOT EXISTS (SELECT FROM server_leases l WHERE l.service_id = s.id AND upper_inf(l.during))`,
  },
  {
    id: 'I7',
    says: 'Nothing is handed over unpaid.',
    sql: `SELECT o.number, o.status, i.status AS invoice FROM orders o JOIN invoices i ON i.order_id = o.id
          WHERE o.status IN ('preparing', 'active') AND i.status <> 'paid'`,
  },
  {
    id: 'I7',
    says: 'Whatever was paid is delivered, paid back, or in the hands of a process or of staff.',
    sql: `SELECT o.number, o.status FROM orders o JOIN invoices i ON i.order_id = o.id
          LEFT JOIN process_starts p ON p.workflow_id = 'order:' || o.id
          WHERE (o.status IN ('cancelled', 'refunded') AND i.status = 'paid'
                 AND NOT EXISTS (SELECT FROM refunds r JOIN payments y ON y.id = r.payment_id WHERE y.invoice_id = i.id))
             OR (o.status IN ('awaiting_payment', 'preparing', 'cancelling') AND p.started_at IS NULL
                 AND o.placed_at < now() - ${PATIENCE})`,
  },
  {
    id: 'I8',
    says: 'An order and its service tell the same story.',
    sql: `SELECT o.number, o.status, s.slug, s.status AS service FROM orders o
          JOIN order_lines l ON l.order_id = o.id JOIN services s ON s.order_line_id = l.id
          WHERE NOT (o.status, s.status) IN (('awaiting_payment', 'ordered'), ('preparing', 'preparing'), ('preparing', 'active'),
            ('active', 'active'), ('active', 'ended'), ('cancelling', 'ordered'), ('cancelling', 'preparing'),
            ('cancelled', 'abandoned'), ('expired', 'abandoned'), ('refunded', 'abandoned'))`,
  },
  {
    id: 'I8',
    says: 'A machine is being provisioned only for a service that is being prepared.',
    sql: `SELECT m.label, m.status FROM servers m WHERE m.status IN ('leased', 'provisioning') AND NOT EXISTS (
            SELECT FROM server_leases l JOIN services s ON s.id = l.service_id
            WHERE l.server_id = m.id AND upper_inf(l.during) AND s.status IN ('preparing', 'active'))`,
  },
  {
    id: 'I11',
    says: 'An hour of traffic is the sum of its intervals, as far back as intervals are kept.',
    sql: `WITH kept AS (
            SELECT port_id, date_bin('1 hour', starts_at, 'epoch') AS starts_at, sum(in_octets) AS in_octets,
                   sum(out_octets) AS out_octets, sum(seconds) AS seconds FROM traffic_intervals GROUP BY 1, 2)
          SELECT port_id, starts_at, h.in_octets, kept.in_octets AS kept_in, h.out_octets, kept.out_octets AS kept_out
          FROM kept FULL JOIN traffic_hours h USING (port_id, starts_at)
          WHERE (h.in_octets, h.out_octets, h.seconds) IS DISTINCT FROM (kept.in_octets, kept.out_octets, kept.seconds)
            AND starts_at >= date_trunc('month', (SELECT min(starts_at) FROM kept), 'UTC')`,
  },
  {
    id: 'I11',
    says: 'A day of traffic is the sum of its hours.',
    sql: `WITH hours AS (
            SELECT port_id, date_bin('1 day', starts_at, 'epoch') AS starts_at, sum(in_octets) AS in_octets,
                   sum(out_octets) AS out_octets, sum(seconds) AS seconds FROM traffic_hours GROUP BY 1, 2)
          SELECT port_id, starts_at, d.in_octets, hours.in_octets AS hours_in, d.out_octets, hours.out_octets AS hours_out
          FROM hours FULL JOIN traffic_days d USING (port_id, starts_at)
          WHERE (d.in_octets, d.out_octets, d.seconds) IS DISTINCT FROM (hours.in_octets, hours.out_octets, hours.seconds)`,
  },
];

/** Looks at all of them in one snapshot of the database; nothing comes back where all hold. */
export async function findBreaches(knex: Knex): Promise<Breach[]> {
  return knex.transaction(
    async (trx) => {
      const breaches: Breach[] = [];
      for (const invariant of invariants) {
        const { rows } = await trx.raw<{ rows: Record<string, unknown>[] }>(invariant.sql);
        if (rows.length > 0) breaches.push({ invariant, rows });
      }
      return breaches;
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  );
}
