import { Model, type Transaction } from 'objection';
import type { Money } from '../../rules/money.js';

/** Why a customer's credit grew or shrank. */
export type CreditMoveKind =
  | 'unused_days' // of a service that ended before what was paid
  | 'overpaid' //    beyond what an invoice was owed
  | 'taken_back' //  paid on an invoice that was taken back
  | 'held_back' //   the bank has taken back the charge that paid for it
  | 'used' //        for an invoice
  | 'returned'; //   from an invoice that was credited

export interface CreditMove {
  readonly kind: CreditMoveKind;
  /** Below zero where it was used. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly movedAt: Date;
  /** What it is about: an invoice, or a service that ended. */
  readonly invoice: string | null;
  readonly service: string | null;
}

/** Of a disputed charge whose money is not the shop's: what of a credit it had paid for is nobody's to spend, until it is won. */
const heldBackOf = (customer: string) => `
  SELECT 'held_back', -least(a.amount_minor, d.amount_minor), a.currency, greatest(a.credited_at, d.withdrawn_at), d.number, s.name
    FROM account_credits a LEFT JOIN service_cancellations c ON c.id = a.service_cancellation_id
    LEFT JOIN services s ON s.id = c.service_id CROSS JOIN LATERAL (
      SELECT d.amount_minor, d.withdrawn_at, i.number FROM disputes d JOIN payment_attempts t ON t.id = d.attempt_id
      JOIN invoices i ON i.id = t.invoice_id
      WHERE i.customer_id = a.customer_id AND d.withdrawn_at IS NOT NULL AND d.status <> 'won' AND d.currency = a.currency
        AND (EXISTS (SELECT FROM payments p WHERE p.id = a.payment_id AND p.attempt_id = t.id)
          OR EXISTS (SELECT FROM invoice_lines n WHERE n.invoice_id = i.id AND n.service_id = c.service_id))
      ORDER BY d.withdrawn_at DESC LIMIT 1) d
    WHERE a.customer_id = ${customer}`;

/** SQL of every movement of a customer's credit; its sum is what they have. `customer`: SQL for their id. */
const movesOf = (customer: string) => `
  SELECT CASE WHEN a.payment_id IS NULL THEN 'unused_days' WHEN i.status = 'void' THEN 'taken_back' ELSE 'overpaid' END AS kind,
      a.amount_minor, a.currency, a.credited_at AS moved_at, i.number AS invoice, s.name AS service
    FROM account_credits a LEFT JOIN payments p ON p.id = a.payment_id LEFT JOIN invoices i ON i.id = p.invoice_id
    LEFT JOIN service_cancellations c ON c.id = a.service_cancellation_id LEFT JOIN services s ON s.id = c.service_id
    WHERE a.customer_id = ${customer}
  UNION ALL SELECT 'used', -p.amount_minor, p.currency, p.received_at, i.number, NULL
    FROM payments p JOIN invoices i ON i.id = p.invoice_id WHERE p.customer_id = ${customer} AND p.method = 'credit'
  UNION ALL SELECT 'returned', r.amount_minor, r.currency, r.settled_at, i.number, NULL
    FROM refunds r JOIN payments p ON p.id = r.payment_id JOIN invoices i ON i.id = p.invoice_id
    WHERE p.customer_id = ${customer} AND p.method = 'credit' AND r.status = 'succeeded'
  UNION ALL ${heldBackOf(customer)}`;

/** SQL of what a customer has of credit in a currency, in minor units; both in words that the query within has no other use for. */
export const creditSum = (customer: string, currency: string) =>
  `(SELECT coalesce(sum(m.amount_minor), 0)::bigint FROM (${movesOf(customer)}) m WHERE m.currency = ${currency})`;

/** What a customer has of credit in a currency. */
export async function creditOf(customerId: string, currency: string, trx?: Transaction): Promise<Money> {
  const { rows } = await (trx ?? Model.knex()).raw(`SELECT ${creditSum(':customerId', ':currency')} AS amount`, {
    customerId,
    currency,
  });
  return { amountMinor: Number(rows[0].amount), currency };
}

/** The newest movements first, and what they all come to in each currency. */
export async function creditTold(customerId: string, most: number) {
  const knex = Model.knex();
  const table = knex.raw(`(${movesOf(':customerId')}) AS moved`, { customerId });
  const [newest, balances] = await Promise.all([
    knex.select<CreditMove[]>('*').from(table).orderBy('movedAt', 'desc').orderBy('amountMinor').limit(most),
    knex
      .select<Money[]>('currency')
      .sum('amountMinor AS amountMinor')
      .from(table)
      .groupBy('currency')
      .orderBy('currency'),
  ]);
  return {
    moves: newest,
    balances: balances.map(({ currency, amountMinor }) => ({ currency, amountMinor: Number(amountMinor) })),
  };
}
