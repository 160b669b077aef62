import type { Knex } from 'knex';

/**
 * Invoices of the last three years over French customers, nine in ten of them paid by transfer, a few void, the rest open;
 * numbered without a gap, each with its line, its payment and its bookings. One statement a table.
 */
export async function addInvoices(trx: Knex.Transaction, count: number, now: Date): Promise<void> {
  for (const statement of [chosen, issued, lines, paid, booked, entered, numbered])
    await trx.raw(statement, statement.includes(':count') ? { count, now } : {});
}

const chosen = `
CREATE TEMPORARY TABLE bulk_invoices ON COMMIT DROP AS
WITH buyers AS (
  SELECT row_number() OVER (ORDER BY number) - 1 AS nth, c.* FROM customers c
  WHERE country = 'FR' AND currency = 'EUR'
), drawn AS (
  SELECT i, :now::timestamptz - (:count::int - i) * (interval '3 years' / :count::int) AS issued_at,
    500 * (8 + i * 37 % 61) AS net_minor,
    CASE WHEN i % 50 = 0 THEN 'void' WHEN i > :count::int * 0.95 OR i % 90 = 0 THEN 'open' ELSE 'paid' END AS status
  FROM generate_series(1, :count::int) AS i
), dated AS (
  SELECT d.*, (issued_at AT TIME ZONE s.time_zone)::date AS issued_on, s.id AS seller_id, s.invoice_prefix,
    jsonb_build_object('name', s.name, 'street', s.street, 'postalCode', s.postal_code, 'city', s.city,
      'country', s.country, 'vatNumber', s.vat_number) AS seller
  FROM drawn d, (SELECT * FROM legal_entities WHERE country = 'FR' ORDER BY id LIMIT 1) s
)
SELECT gen_random_uuid() AS id, gen_random_uuid() AS payment_id, d.*, extract(year FROM issued_on)::int AS year,
  coalesce(taken.last_number, 0) + row_number() OVER (PARTITION BY extract(year FROM issued_on) ORDER BY i) AS nth_of_year,
  b.id AS customer_id, b.language,
  jsonb_build_object('name', b.name, 'street', b.street, 'postalCode', b.postal_code, 'city', b.city,
    'country', b.country, 'vatNumber', b.vat_number) AS buyer
FROM dated d JOIN buyers b ON b.nth = (d.i * 7919::bigint) % (SELECT count(*) FROM buyers)
LEFT JOIN document_series taken ON taken.legal_entity_id = d.seller_id AND taken.kind = 'invoice'
  AND taken.year = extract(year FROM issued_on)`;

const issued = `
INSERT INTO invoices (id, legal_entity_id, customer_id, number, status, currency, net_minor, vat_minor, total_minor, seller, buyer,
  vat_treatment, language, issued_on, due_on, issued_at, paid_at, voided_at)
SELECT id, seller_id, customer_id, invoice_prefix || '-' || year || '-' || lpad(nth_of_year::text, 6, '0'), status, 'EUR',
  net_minor, net_minor / 5, net_minor / 5 * 6, seller, buyer, 'domestic', language, issued_on, issued_on + 14, issued_at,
  CASE status WHEN 'paid' THEN issued_at + interval '5 days' END, CASE status WHEN 'void' THEN issued_at + interval '2 days' END
FROM bulk_invoices`;

const lines = `
INSERT INTO invoice_lines (invoice_id, position, kind, description, net_minor, vat_rate_bp, vat_minor)
SELECT id, 1, 'recurring', 'Server bulk-' || i || ', Quay M4', net_minor, 2000, net_minor / 5 FROM bulk_invoices`;

const paid = `
INSERT INTO payments (id, customer_id, invoice_id, method, reference, amount_minor, currency, received_at)
SELECT payment_id, customer_id, id, 'transfer', 'SEPA ' || i, net_minor / 5 * 6, 'EUR', issued_at + interval '5 days'
FROM bulk_invoices WHERE status = 'paid'`;

const booked = `
INSERT INTO ledger_transactions (kind, source_id, customer_id, booked_at)
SELECT 'invoice', id, customer_id, issued_at FROM bulk_invoices
UNION ALL SELECT 'void', id, customer_id, issued_at + interval '2 days' FROM bulk_invoices WHERE status = 'void'
UNION ALL SELECT 'payment', payment_id, customer_id, issued_at + interval '5 days' FROM bulk_invoices WHERE status = 'paid'`;

const entered = `
INSERT INTO ledger_entries (transaction_id, account, currency, amount_minor)
SELECT t.id, e.account, 'EUR', e.share * b.unit FROM (
  SELECT id AS source_id, net_minor / 5 AS unit FROM bulk_invoices
  UNION ALL SELECT payment_id, net_minor / 5 FROM bulk_invoices WHERE status = 'paid') b
JOIN ledger_transactions t ON t.source_id = b.source_id
JOIN (VALUES ('invoice', 'receivables', 6), ('invoice', 'revenue', -5), ('invoice', 'vat', -1),
             ('void', 'receivables', -6), ('void', 'revenue', 5), ('void', 'vat', 1),
             ('payment', 'cash', 6), ('payment', 'receivables', -6)) AS e (kind, account, share) ON e.kind = t.kind`;

const numbered = `
INSERT INTO document_series (legal_entity_id, kind, year, last_number)
SELECT seller_id, 'invoice', year, max(nth_of_year) FROM bulk_invoices GROUP BY seller_id, year
ON CONFLICT (legal_entity_id, kind, year) DO UPDATE SET last_number = excluded.last_number`;
