import { Model } from 'objection';
import type { Deed, StopKind } from '../../rules/durable/stops.js';
import { settledOf } from '../billing/owed.js';
import type { StopCause } from './emergency-stop.js';

/** A stop as every page of the staff tells of it. */
export interface StandingStop {
  readonly id: string;
  readonly kind: StopKind;
  readonly reason: string | null;
  readonly cause: StopCause | null;
  /** ISO 8601: it comes out of JSON. */
  readonly setAt: string;
  /** Nothing where automation stopped by itself. */
  readonly setBy: string | null;
  readonly waiting: number;
}

/** SQL of all that stand, the oldest first, as one JSON value: part of the one statement that frames a page. */
export const standingStops = `SELECT coalesce(json_agg(s ORDER BY s."setAt"), '[]') FROM (
  SELECT e.id, e.kind, e.reason, e.cause, e.set_at AS "setAt", m.name AS "setBy",
         (SELECT count(*) FROM held_steps h WHERE h.stop_id = e.id) AS waiting
  FROM emergency_stops e LEFT JOIN staff_members m ON m.id = e.set_by_staff_id WHERE e.lifted_at IS NULL) s`;

export interface HeldGroup {
  readonly deed: Deed;
  /** Another stop that stands holds these too: they stay. */
  readonly stays: boolean;
  readonly count: number;
  /** Processes: a server's several steps are one machine. */
  readonly processes: number;
  readonly oldest: Date;
  /** Of charges and refunds, for each currency. */
  readonly sums: readonly { readonly currency: string; readonly amountMinor: number }[];
}

/** What a charge or a refund that waits is about to move, in minor units of its currency. */
const amounts = `
  SELECT i.currency, i.total_minor - ${settledOf('i.id')} AS amount
  FROM invoices i WHERE h.deed = 'charge' AND h.workflow_id = 'invoice-payment:' || i.id
UNION ALL
  SELECT r.currency, r.amount_minor FROM refunds r JOIN payments y ON y.id = r.payment_id JOIN invoices i ON i.id = y.invoice_id
  WHERE h.deed = 'refund' AND r.status IN ('requested', 'pending', 'failed')
    AND (h.workflow_id = 'order:' || i.order_id OR EXISTS (SELECT FROM refunds b
      WHERE b.credit_note_id = r.credit_note_id AND starts_with(h.workflow_id, 'refund-return:' || b.id)))`;

/** What waits at a stop, by what it is, and whether it starts once that one is lifted. */
export async function heldGroups(stopId: string): Promise<HeldGroup[]> {
  const { rows } = await Model.knex().raw<{ rows: HeldGroup[] }>(
    `WITH waiting AS (
       SELECT h.*, EXISTS (SELECT FROM emergency_stops o
         WHERE o.lifted_at IS NULL AND o.id <> h.stop_id AND o.kind = ANY(h.stops)) AS stays
       FROM held_steps h WHERE h.stop_id = :stopId),
     money AS (
       SELECT h.deed, h.stays, a.currency, sum(a.amount)::bigint AS minor
       FROM waiting h CROSS JOIN LATERAL (${amounts}) a GROUP BY h.deed, h.stays, a.currency)
     SELECT h.deed, h.stays, count(*) AS count, count(DISTINCT h.workflow_id) AS processes, min(h.since) AS oldest,
            (SELECT coalesce(json_agg(json_build_object('currency', m.currency, 'amountMinor', m.minor)
               ORDER BY m.currency), '[]') FROM money m WHERE m.deed = h.deed AND m.stays = h.stays) AS sums
     FROM waiting h GROUP BY h.deed, h.stays ORDER BY h.stays, h.deed`,
    { stopId },
  );
  return rows;
}

export interface HeldRow {
  readonly workflowId: string;
  readonly deed: Deed;
  readonly subjectType: string | null;
  readonly subject: string | null;
  readonly customer: string | null;
  readonly customerNumber: string | null;
  readonly since: Date;
}

/** Those that wait longest. */
export async function heldRows(stopId: string, limit: number): Promise<HeldRow[]> {
  return Model.knex()('held_steps')
    .leftJoin('customers', 'customers.id', 'held_steps.customerId')
    .where({ stopId })
    .select('workflowId', 'deed', 'subjectType', 'subject', 'since')
    .select({ customer: 'customers.name', customerNumber: 'customers.number' })
    .orderBy('since')
    .limit(limit);
}
