import { Model } from 'objection';
import type { OrderStatus } from '../../rules/orders/order-status.js';
import { settledOf } from '../billing/owed.js';

export interface Amounts {
  readonly currency: string;
  readonly amountMinor: number;
  readonly documents: number;
  /** Of these, charges whose outcome nobody knows yet. */
  readonly unknown: number;
}

export interface Figures {
  readonly tasks: number;
  readonly oldestTask: Date | null;
  /** Accepted by a page or a schedule, and not started so far. */
  readonly notStarted: number;
  /** Open invoices whose last charge was declined, or has no known outcome. */
  readonly failed: readonly Amounts[];
  readonly taken: readonly Amounts[];
  /** Machines by product, as far as they may be sold, now or later. */
  readonly stock: readonly Stock[];
}

export interface Stock {
  readonly product: string;
  readonly ready: number;
  /** Returned, until its wipe is proven. */
  readonly resting: number;
  readonly failed: number;
}

/** Figures and stock of the staff's first page, in one statement; `today` begins where the reader lives. */
export async function overviewFigures(today: Date, now: Date): Promise<Figures> {
  const knex = Model.knex();
  const figures = knex.raw(
    `(SELECT
       (SELECT count(*) FROM staff_tasks WHERE answer IS NULL) AS tasks,
       (SELECT min(since) FROM staff_tasks WHERE answer IS NULL) AS oldest_task,
       (SELECT count(*) FROM process_starts WHERE started_at IS NULL) AS not_started,
       (SELECT coalesce(json_agg(f ORDER BY f.documents DESC), '[]') FROM (
          SELECT i.currency, sum(i.total_minor - ${settledOf('i.id')})::bigint AS "amountMinor", count(*) AS documents,
                 count(*) FILTER (WHERE a.status = 'unknown') AS unknown
          FROM invoices i JOIN LATERAL (SELECT status FROM payment_attempts
            WHERE invoice_id = i.id ORDER BY started_at DESC LIMIT 1) a ON a.status IN ('declined', 'unknown')
          WHERE i.status = 'open' GROUP BY i.currency) f) AS failed,
       (SELECT coalesce(json_agg(t ORDER BY t.documents DESC), '[]') FROM (
          SELECT currency, sum(amount_minor) AS "amountMinor", count(DISTINCT invoice_id) AS documents, 0 AS unknown
          FROM payments WHERE received_at >= :today AND method <> 'credit' GROUP BY currency) t) AS taken,
       (SELECT coalesce(json_agg(json_build_object('product', p.product, 'ready', p.ready, 'resting', p.resting,
            'failed', p.failed) ORDER BY p.position), '[]') FROM (
          SELECT p.name AS product, p.position,
                 count(*) FILTER (WHERE s.status = 'ready' AND NOT EXISTS (SELECT FROM server_leases l
                   WHERE l.server_id = s.id AND (upper(l.during) > :now OR upper_inf(l.during)))) AS ready,
                 count(*) FILTER (WHERE s.status IN ('quarantined', 'wiping', 'tested', 'testing')) AS resting,
                 count(*) FILTER (WHERE s.status LIKE 'failed%') AS failed
          FROM products p LEFT JOIN servers s ON s.product_id = p.id WHERE p.listed GROUP BY p.id) p) AS stock) AS figures`,
    { today, now },
  );
  const [row] = await knex.select<Figures[]>('*').from(figures);
  if (!row) throw new RangeError('the database counted nothing');
  return row;
}

export interface OrderUnderWay {
  readonly number: string;
  readonly status: OrderStatus;
  readonly customer: string;
  readonly step: string | null;
  readonly problem: string | null;
  readonly stepSince: Date | null;
  /** An open staff task of the order, its payment or its provisioning. */
  readonly taskId: string | null;
}

/** Orders that are not closed, the longest in their step first. */
export async function ordersUnderWay(limit: number): Promise<OrderUnderWay[]> {
  const knex = Model.knex();
  const orders = knex.raw(
    `(SELECT o.number, o.status, c.name AS customer, p.step, p.problem,
             coalesce(p.started_at, o.placed_at) AS step_since, t.id AS task_id
      FROM orders o JOIN customers c ON c.id = o.customer_id
      LEFT JOIN order_lines l ON l.order_id = o.id AND l.position = 1
      LEFT JOIN services v ON v.order_line_id = l.id
      LEFT JOIN invoices i ON i.order_id = o.id
      LEFT JOIN LATERAL (SELECT step, problem, started_at FROM process_steps
        WHERE subject_id IN (o.id, v.id) AND ended_at IS NULL ORDER BY started_at DESC LIMIT 1) p ON true
      LEFT JOIN LATERAL (SELECT id FROM staff_tasks WHERE answer IS NULL
        AND workflow_id IN ('order:' || o.id, 'invoice-payment:' || i.id, 'server-provisioning:' || v.id) LIMIT 1) t ON true
      WHERE o.closed_at IS NULL) AS orders`,
  );
  return knex.select<OrderUnderWay[]>('*').from(orders).orderBy('step_since').limit(limit);
}
