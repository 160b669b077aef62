import { Model } from 'objection';
import type { StopKind } from '../../rules/durable/stops.js';
import type { AccountLetterKind } from '../accounts/account-letter.js';
import { COUNTED } from '../listing.js';
import { batchProcesses } from './batch-processes.js';
import { letterProcesses } from './letter-processes.js';
import { stopProcesses } from './stop-processes.js';

/** A process as its rows tell it; the cluster itself is not asked. */
export interface WorkflowRow {
  readonly workflowId: string;
  readonly kind: WorkflowKind;
  readonly subjectType: 'order' | 'invoice' | 'service' | 'server' | 'user' | 'staff' | 'stop' | 'collection_batch';
  /** Nothing where it is about a colleague, or about nobody known. */
  readonly subject: string | null;
  /** The user that a letter goes to. */
  readonly userId: string | null;
  /** Of a letter about an account. */
  readonly letterKind: AccountLetterKind | null;
  readonly orderNumber: string | null;
  /** Nothing of a machine in stock, or of a letter: its owner may act for several. */
  readonly customer: string | null;
  /** Of the row it is about, in that row's words. */
  readonly stage: string;
  readonly isOver: boolean;
  readonly since: Date;
  readonly endedAt: Date | null;
  /** Nothing while it waits to be started. */
  readonly startedAt: Date | null;
  readonly startAttempts: number;
  readonly step: string | null;
  readonly stepSince: Date | null;
  /** The task that waits for staff; or the one by which they gave up what rests, since then. */
  readonly taskId: string | null;
  readonly taskStep: string | null;
  readonly taskSince: Date | null;
  /** The emergency stop at which it waits. */
  readonly heldBy: StopKind | null;
  readonly heldSince: Date | null;
}

export const workflowKinds = [
  'order',
  'invoicePayment',
  'serverProvisioning',
  'serviceCancellation',
  'powerCommand',
  'refundReturn',
  'dispute',
  'accountLetter',
  'passwordReset',
  'stopRelease',
  'collectionBatch',
] as const;
export type WorkflowKind = (typeof workflowKinds)[number];

export interface WorkflowsWanted {
  readonly show: 'running' | 'waiting' | 'over' | 'all';
  readonly kind: WorkflowKind | undefined;
  readonly query: string;
  readonly direction: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
}

/**
 * Begun by an order, or for itself: asked apart, since PostgreSQL joins by either word and not by one of two; and from
 * what was begun, since of invoices that came from elsewhere there may be a million.
 */
function collecting(bounds: string): string {
  const begun = (process: string, by: string) => `(
  SELECT 'invoice-payment:' || i.id, 'invoicePayment', 'invoice', i.number, i.id,
         o.number, i.customer_id, i.status, i.status <> 'open',
         i.issued_at, coalesce(i.paid_at, i.voided_at), s.started_at, s.attempts
  FROM process_starts s JOIN invoices i ON ${by} = CAST(split_part(s.workflow_id, ':', 2) AS uuid)
  LEFT JOIN orders o ON o.id = i.order_id
  WHERE s.process = '${process}' AND i.status <> 'draft' ${bounds})`;
  return `${begun('order', 'i.order_id')} UNION ALL ${begun('invoicePayment', 'i.id')}`;
}

/** Whatever a page or a schedule promised, and the children that an order has once it runs. */
export const knownProcesses = processesWithin('');

/** The same with no more of what is collected than `bounds` say: there are as many of those as invoices. */
function processesWithin(bounds: string): string {
  return `
  SELECT 'order:' || o.id AS workflow_id, 'order' AS kind, 'order' AS subject_type, o.number AS subject, o.id AS row_id,
         o.number AS order_number, o.customer_id, o.status AS stage, o.closed_at IS NOT NULL AS is_over,
         o.placed_at AS since, o.closed_at AS ended_at, s.started_at, s.attempts AS start_attempts
  FROM orders o JOIN process_starts s ON s.workflow_id = 'order:' || o.id
UNION ALL ${collecting(bounds)}
UNION ALL
  SELECT 'server-provisioning:' || v.id, 'serverProvisioning', 'service', v.name, v.id,
         o.number, v.customer_id, v.status, v.status <> 'preparing',
         coalesce(i.paid_at, o.placed_at), coalesce(v.active_at, o.closed_at), s.started_at, s.attempts
  FROM services v JOIN order_lines l ON l.id = v.order_line_id JOIN orders o ON o.id = l.order_id
  LEFT JOIN invoices i ON i.order_id = o.id
  JOIN process_starts s ON s.workflow_id = 'order:' || o.id
  WHERE v.status IN ('preparing', 'active', 'ended') OR (v.status = 'abandoned' AND i.paid_at IS NOT NULL)
UNION ALL
  SELECT 'service-cancellation:' || c.id, 'serviceCancellation', 'service', v.name, c.id,
         NULL, v.customer_id, c.status, c.status IN ('undeliverable', 'lapsed', 'withdrawn', 'ended'),
         c.requested_at, NULL, s.started_at, s.attempts
  FROM service_cancellations c JOIN services v ON v.id = c.service_id
  JOIN process_starts s ON s.workflow_id = 'service-cancellation:' || c.id
UNION ALL
  SELECT 'power-command:' || p.id, 'powerCommand', CASE WHEN v.id IS NULL THEN 'server' ELSE 'service' END,
         coalesce(v.name, m.label), p.id, NULL, v.customer_id, p.status, p.ended_at IS NOT NULL,
         p.asked_at, p.ended_at, s.started_at, s.attempts
  FROM power_commands p JOIN servers m ON m.id = p.server_id LEFT JOIN services v ON v.id = p.service_id
  JOIN process_starts s ON s.workflow_id = 'power-command:' || p.id
UNION ALL
  SELECT s.workflow_id, 'refundReturn', 'invoice', i.number, r.id, o.number, i.customer_id, r.status,
         r.return_closed_at IS NOT NULL,
         s.accepted_at, r.return_closed_at, s.started_at, s.attempts
  FROM refunds r JOIN payments y ON y.id = r.payment_id JOIN invoices i ON i.id = y.invoice_id
  LEFT JOIN orders o ON o.id = i.order_id
  JOIN process_starts s
    ON s.workflow_id = 'refund-return:' || r.id || CASE WHEN r.return_looks > 1 THEN ':' || r.return_looks ELSE '' END
UNION ALL
  SELECT 'dispute:' || d.id, 'dispute', 'invoice', i.number, d.id, o.number, i.customer_id, d.status,
         d.closed_at IS NOT NULL, d.reported_at, d.closed_at, s.started_at, s.attempts
  FROM disputes d JOIN payment_attempts a ON a.id = d.attempt_id JOIN invoices i ON i.id = a.invoice_id
  LEFT JOIN orders o ON o.id = i.order_id
  JOIN process_starts s ON s.workflow_id = 'dispute:' || d.id
UNION ALL${letterProcesses}
UNION ALL${stopProcesses}
UNION ALL${batchProcesses}`;
}

/** Where staff answer, an emergency stop stands, a step rests, or nothing has begun: the last word on each is asked of the page alone. */
const waits = `(k.started_at IS NULL OR k.stage = 'resting'
  OR EXISTS (SELECT FROM staff_tasks WHERE answer IS NULL AND workflow_id = k.workflow_id)
  OR EXISTS (SELECT FROM held_steps WHERE workflow_id = k.workflow_id))`;
const shown: Readonly<Record<WorkflowsWanted['show'], string>> = {
  running: 'NOT k.is_over',
  waiting: `NOT k.is_over AND ${waits}`,
  over: 'k.is_over',
  all: 'true',
};
/** What follows further off is on no page, as far as lists are counted; what goes on is found by an index of its own. */
const bounds: Readonly<Record<WorkflowsWanted['show'], (direction: WorkflowsWanted['direction']) => string>> = {
  running: () => '',
  waiting: () => '',
  over: (direction) => `AND i.status <> 'open' ${bounds.all(direction)}`,
  all: (direction) => `ORDER BY s.accepted_at ${direction === 'asc' ? 'ASC' : 'DESC'} LIMIT ${COUNTED + 1}`,
};
const searched = `(k.subject ILIKE :like OR k.order_number ILIKE :like OR k.workflow_id = :query
  OR k.customer_id IN (SELECT id FROM customers WHERE name ILIKE :like OR number ILIKE :like))`;

/** Processes that match, newest first or last, and how many match in all, as far as lists count. */
export async function findWorkflows(wanted: WorkflowsWanted): Promise<{ rows: WorkflowRow[]; count: number }> {
  const { show, kind = '', query, direction, offset, limit } = wanted;
  const like = `%${query.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const order = direction === 'asc' ? 'since ASC, workflow_id' : 'since DESC, workflow_id';
  const conditions = [shown[show], ...(kind ? ['k.kind = :kind'] : []), ...(query ? [searched] : [])];
  const matching = `FROM (${query ? knownProcesses : processesWithin(bounds[show](direction))}) k WHERE ${conditions.join(' AND ')}`;
  const knex = Model.knex();
  const page = knex.raw(
    `(WITH page AS (SELECT k.* ${matching} ORDER BY ${order} LIMIT :limit OFFSET :offset)
     SELECT page.*, (SELECT count(*) FROM (SELECT ${matching} LIMIT :counted) AS found) AS count, c.name AS customer,
            t.id AS task_id, t.step AS task_step, coalesce(t.answered_at, t.since) AS task_since, h.kind AS held_by, h.since AS held_since,
            p.step, p.started_at AS step_since, a.user_id, a.kind AS letter_kind
     FROM page LEFT JOIN customers c ON c.id = page.customer_id
     LEFT JOIN LATERAL (SELECT id, step, since, answered_at FROM staff_tasks WHERE workflow_id = page.workflow_id
       AND (answer IS NULL OR (answer = 'cancel' AND page.stage = 'resting'))
       ORDER BY answered_at DESC NULLS FIRST, since LIMIT 1) t ON true
     LEFT JOIN LATERAL (SELECT e.kind, w.since FROM held_steps w JOIN emergency_stops e ON e.id = w.stop_id
       WHERE w.workflow_id = page.workflow_id ORDER BY w.since LIMIT 1) h ON true
     LEFT JOIN process_steps p ON p.subject_id = page.row_id AND p.ended_at IS NULL
     LEFT JOIN account_letters a ON a.id = page.row_id) AS found`,
    { kind, query, like, limit, offset, counted: COUNTED + 1 },
  );
  const rows = await knex.select<(WorkflowRow & { count: number })[]>('*').from(page).orderByRaw(order);
  return { rows, count: rows[0]?.count ?? 0 };
}
