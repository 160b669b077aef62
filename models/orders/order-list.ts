import type { QueryBuilder } from 'objection';
import type { OrderStatus } from '../../rules/orders/order-status.js';
import { anywhere, foundByStaff, type ListOrder, type Stretch, stretchOf, type Whose } from '../listing.js';
import { Order } from './order.js';
import { OrderLine } from './order-line.js';

export const orderSorts = ['placed', 'number', 'total', 'status', 'customer'] as const;

export interface OrdersWanted {
  /** A part of a number, product, host name or service's name; for staff the beginning of a number, a part of a customer's or host name. */
  readonly query: string;
  readonly sort: (typeof orderSorts)[number];
  readonly direction: 'asc' | 'desc';
  /** Absent: whatever their state. */
  readonly statuses?: readonly OrderStatus[] | undefined;
  readonly contract?: string | undefined;
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly until?: Date | undefined;
}

/** An order as lists show it. */
export interface ListedOrder
  extends Pick<Order, 'id' | 'number' | 'status' | 'currency' | 'netMinor' | 'vatMinor' | 'totalMinor' | 'placedAt'> {
  readonly customerNumber: string;
  readonly customerName: string;
  readonly lines: readonly Pick<OrderLine, 'productName' | 'hostName' | 'choices' | 'recurringMinor' | 'setupMinor'>[];
  /** What was ordered, once it has a name. */
  readonly serviceName: string | null;
  readonly activeAt: Date | null;
  readonly invoiceNumber: string | null;
  readonly paidAt: Date | null;
}

const columns: Readonly<Record<OrdersWanted['sort'], string>> = {
  placed: 'orders.placed_at',
  number: 'orders.number',
  total: 'orders.total_minor',
  status: 'orders.status',
  customer: 'customers.name',
};
const tie = 'orders.number';
const withCustomers = 'orders JOIN customers ON customers.id = orders.customer_id';

const lines = `(SELECT json_agg(json_build_object('productName', l.product_name, 'hostName', l.host_name, 'choices', l.choices,
    'recurringMinor', l.recurring_minor, 'setupMinor', l.setup_minor) ORDER BY l.position)
  FROM order_lines l WHERE l.order_id = orders.id) AS lines`;
const service = `LEFT JOIN LATERAL (SELECT s.name, s.active_at FROM order_lines l JOIN services s ON s.order_line_id = l.id
  WHERE l.order_id = orders.id ORDER BY l.position LIMIT 1) service ON true`;

/** Orders as a list asks for them, with all that it says of them: one statement. */
export function listOrders(whose: Whose, wanted: OrdersWanted, stretch: Stretch): Promise<ListedOrder[]> {
  const byCustomer = wanted.sort === 'customer';
  const from = byCustomer ? { from: withCustomers } : {};
  const order: ListOrder = { table: 'orders', by: columns[wanted.sort], tie, direction: wanted.direction, ...from };
  const found = ordersMatching(whose, wanted).select('orders.*');
  if (byCustomer) found.join('customers', 'customers.id', 'orders.customerId');
  const page = stretchOf(found, order, stretch);
  return Order.query()
    .from(page.as('orders'))
    .join('customers', 'customers.id', 'orders.customerId')
    .leftJoin('invoices', 'invoices.orderId', 'orders.id')
    .joinRaw(service)
    .select('orders.*', 'customers.number as customerNumber', 'customers.name as customerName')
    .select('service.name as serviceName', 'service.activeAt', 'invoices.number as invoiceNumber', 'invoices.paidAt')
    .select(Order.raw(lines))
    .orderByRaw(`${order.by} ${order.direction}, ${tie} ${order.direction}`)
    .castTo<ListedOrder[]>()
    .execute();
}

export function ordersMatching(whose: Whose, wanted: OrdersWanted): QueryBuilder<Order> {
  const { query, statuses, contract, from, until } = wanted;
  const found = Order.query();
  if (whose !== 'everybody') found.modify('ownedBy', whose);
  if (statuses) found.whereIn('orders.status', statuses);
  if (contract) found.where('orders.contractId', contract);
  if (from) found.where('orders.placedAt', '>=', from);
  if (until) found.where('orders.placedAt', '<', until);
  if (query) found.where((either) => searched(either, query, whose));
  return found;
}

/** One's own few orders are looked through; everybody's by number, customer and host name, each by its index. */
function searched(either: QueryBuilder<Order>, query: string, whose: Whose): void {
  const like = anywhere(query);
  if (whose === 'everybody') {
    foundByStaff(either, 'orders', query);
    const hosts = 'SELECT order_id FROM order_lines WHERE host_name ILIKE ? LIMIT 1000';
    either.orWhereRaw(`orders.id = ANY(ARRAY(${hosts}))`, [like]);
    return;
  }
  const line = OrderLine.query()
    .leftJoin('services', 'services.orderLineId', 'order_lines.id')
    .whereColumn('order_lines.orderId', 'orders.id')
    .where((any) =>
      any
        .where('order_lines.productName', 'ilike', like)
        .orWhere('order_lines.hostName', 'ilike', like)
        .orWhere('services.name', 'ilike', like),
    );
  either.where('orders.number', 'ilike', like).orWhereExists(line);
}
