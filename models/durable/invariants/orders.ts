import { type Invariant, PATIENCE } from './invariant.js';

export const ofOrders: readonly Invariant[] = [
  {
    id: 'I7',
    name: 'nothingIsDeliveredUnpaid',
    sql: `SELECT o.number, o.status, i.status AS invoice FROM orders o JOIN invoices i ON i.order_id = o.id
          WHERE o.status IN ('preparing', 'active') AND i.status <> 'paid'`,
  },
  {
    id: 'I7',
    name: 'paidIsInHand',
    sql: `SELECT o.number, o.status FROM orders o JOIN invoices i ON i.order_id = o.id
          LEFT JOIN process_starts p ON p.workflow_id = 'order:' || o.id
          WHERE (o.status IN ('cancelled', 'refunded') AND i.status = 'paid'
                 AND NOT EXISTS (SELECT FROM refunds r JOIN payments y ON y.id = r.payment_id WHERE y.invoice_id = i.id))
             OR (o.status IN ('awaiting_payment', 'preparing', 'cancelling') AND p.started_at IS NULL
                 AND o.placed_at < now() - ${PATIENCE})`,
  },
  {
    id: 'I7',
    name: 'nothingPaidIsSuspended',
    sql: `SELECT s.slug, s.suspended_at FROM services s WHERE s.status = 'active' AND s.suspended_at IS NOT NULL
            AND NOT EXISTS (SELECT FROM service_cancellations c WHERE c.service_id = s.id AND c.status IN ('ending', 'resting'))
            AND NOT EXISTS (SELECT FROM invoices i WHERE i.customer_id = s.customer_id AND i.status IN ('open', 'uncollectible'))`,
  },
  {
    id: 'I8',
    name: 'ordersAgreeWithServices',
    sql: `SELECT o.number, o.status, s.slug, s.status AS service FROM orders o
          JOIN order_lines l ON l.order_id = o.id JOIN services s ON s.order_line_id = l.id
          WHERE NOT (o.status, s.status) IN (('awaiting_payment', 'ordered'), ('preparing', 'preparing'), ('preparing', 'active'),
            ('active', 'active'), ('active', 'ended'), ('cancelling', 'ordered'), ('cancelling', 'preparing'),
            ('cancelled', 'abandoned'), ('expired', 'abandoned'), ('refunded', 'abandoned'))`,
  },
  {
    id: 'I8',
    name: 'machinesAreBuiltForAService',
    sql: `SELECT m.label, m.status FROM servers m WHERE m.status IN ('leased', 'provisioning') AND NOT EXISTS (
            SELECT FROM server_leases l JOIN services s ON s.id = l.service_id
            WHERE l.server_id = m.id AND upper_inf(l.during) AND s.status IN ('preparing', 'active'))`,
  },
];
