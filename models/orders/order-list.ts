import type { QueryBuilder } from 'objection';
import type { Customer } from '../accounts/customer.js';
import { Service } from '../services/service.js';
import { Order } from './order.js';
import { OrderLine } from './order-line.js';

export const orderSorts = ['placed', 'number', 'total', 'status'] as const;
export const orderFilters = ['all', 'open', 'active', 'closed'] as const;

export interface OrderListWish {
  readonly query: string;
  readonly sort: (typeof orderSorts)[number];
  readonly direction: 'asc' | 'desc';
  readonly filter: (typeof orderFilters)[number] | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** An order as lists show it. */
export interface ListedOrder {
  readonly order: Order;
  /** What was ordered, once it has a name. */
  readonly service: Service | undefined;
}

const columns = {
  placed: 'orders.placedAt',
  number: 'orders.number',
  total: 'orders.totalMinor',
  status: 'orders.status',
};

/** A customer's orders as a list asks for them, with their lines, invoices and services. */
export async function listOrders(customer: Customer, wish: OrderListWish): Promise<ListedOrder[]> {
  const orders = await matching(customer, wish)
    .withGraphFetched('[lines, invoice]')
    .orderBy([{ column: columns[wish.sort], order: wish.direction }, 'orders.id'])
    .offset(wish.offset)
    .limit(wish.limit);
  const lineIds = orders.flatMap(({ lines }) => lines.map(({ id }) => id));
  const services = await Service.query().whereIn('orderLineId', lineIds);
  const byLine = new Map(services.map((service) => [service.orderLineId, service]));
  return orders.map((order) => ({ order, service: byLine.get(order.lines[0]?.id ?? '') }));
}

export function countOrders(customer: Customer, wish: OrderListWish): Promise<number> {
  return matching(customer, wish).resultSize();
}

function matching(customer: Customer, { query, filter }: OrderListWish): QueryBuilder<Order> {
  const found = Order.query().modify('ownedBy', customer);
  if (filter === 'open') found.whereNull('orders.closedAt');
  if (filter === 'active') found.where('orders.status', 'active');
  if (filter === 'closed') found.whereNotNull('orders.closedAt').whereNot('orders.status', 'active');
  if (query) found.where((either) => searched(either, query));
  return found;
}

/** By number, product, host name, or what the service is called now. */
function searched(either: QueryBuilder<Order>, query: string): void {
  const has = (column: string) => `strpos(lower(${column}), lower(?)) > 0`;
  const line = OrderLine.query()
    .leftJoin('services', 'services.orderLineId', 'order_lines.id')
    .whereColumn('order_lines.orderId', 'orders.id')
    .where((any) =>
      any
        .whereRaw(has('order_lines.product_name'), [query])
        .orWhereRaw(has('order_lines.host_name'), [query])
        .orWhereRaw(has('services.name'), [query]),
    );
  either.whereRaw(has('orders.number'), [query]).orWhereExists(line);
}
