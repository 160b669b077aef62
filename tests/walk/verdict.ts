import { Model } from 'objection';
import { compareWithProvider } from '../../activities/billing/provider-comparison.js';
import { sealHead, sealNextBlock } from '../../models/billing/ledger-seal.js';
import { findBreaches } from '../../models/durable/invariants/all.js';
import type { Finding } from '../../models/durable/invariants/invariant.js';
import { Order } from '../../models/orders/order.js';
import { ServiceCancellation } from '../../models/services/service-cancellation.js';
import { closedOrderStatuses } from '../../rules/orders/order-status.js';
import type { WalkingCustomer } from './customer.js';
import type { WalkShop } from './shop.js';

/** Whether the books hold, within, under seal and beside the provider's; and that nobody was left waiting for ever. */
export async function verdictOn(shop: WalkShop): Promise<Finding[]> {
  const knex = Model.knex();
  while ((await sealNextBlock(knex, shop.now())) > 0);
  if (!(await sealHead(knex))) throw new Error('nothing was sealed');
  const findings = [...(await findBreaches(knex)), await compareWithProvider(knex, shop.simulator.payments)];
  const waiting = await Order.query().whereNotIn('status', closedOrderStatuses).select('number', 'status');
  const left = {
    invariant: { id: 'I7', name: 'ordersComeToAnEnd' } as const,
    rows: waiting.map((row) => ({ ...row })),
  };
  const unended = await ServiceCancellation.query()
    .whereIn('status', ['ending', 'resting'])
    .select('serviceId', 'status');
  const held = {
    invariant: { id: 'I7', name: 'servicesComeToTheirEnd' } as const,
    rows: unended.map((row) => ({ ...row })),
  };
  return [...findings, left, held].filter(({ rows }) => rows.length > 0);
}

/** Which walking customers the rows at fault name, by any number, name or id that is theirs. */
export async function culprits(
  rows: Finding['rows'],
  customers: readonly WalkingCustomer[],
): Promise<WalkingCustomer[]> {
  const words = JSON.stringify(rows);
  const { rows: named } = await Model.knex().raw<{ rows: { order: string; names: string[] }[] }>(
    `SELECT o.number AS order, array_remove(ARRAY[o.number, o.id::text, i.number, i.id::text, s.slug, s.id::text]
       || array(SELECT p.id::text FROM payments p WHERE p.invoice_id = i.id)
       || array(SELECT p.provider_id FROM payments p WHERE p.invoice_id = i.id)
       || array(SELECT a.id::text FROM payment_attempts a WHERE a.invoice_id = i.id)
       || array(SELECT r.provider_id FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE p.invoice_id = i.id)
       || array(SELECT t.id::text FROM ledger_transactions t WHERE t.customer_id = o.customer_id), NULL) AS names
     FROM orders o LEFT JOIN invoices i ON i.order_id = o.id LEFT JOIN order_lines l ON l.order_id = o.id
     LEFT JOIN services s ON s.order_line_id = l.id`,
  );
  const guilty = new Set(
    named.filter(({ names }) => names.some((name) => words.includes(`"${name}"`))).map(({ order }) => order),
  );
  return customers.filter(({ order }) => guilty.has(order.number));
}
