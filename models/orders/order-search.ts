import type { OrderStatus } from '../../rules/orders/order-status.js';
import { Customer } from '../accounts/customer.js';
import { Order } from './order.js';
import { OrderLine } from './order-line.js';

export interface OrdersWanted {
  /** A part of a number, a customer's name or number, a host name. */
  readonly query: string;
  readonly status: OrderStatus | undefined;
  readonly sort: 'placed' | 'number' | 'customer';
  readonly direction: 'asc' | 'desc';
}

const columns = { placed: 'orders.placedAt', number: 'orders.number', customer: 'customer.name' } as const;

/** Orders of all customers: for staff. */
export function ordersFound({ query, status, sort, direction }: OrdersWanted) {
  const like = `%${query.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const found = Order.query()
    .joinRelated('customer')
    .withGraphFetched('[customer, lines]')
    .orderBy([
      { column: columns[sort], order: direction },
      { column: 'orders.id', order: direction },
    ]);
  if (status) found.where('orders.status', status);
  if (!query) return found;
  const hosts = OrderLine.query().whereColumn('order_lines.orderId', 'orders.id').where('hostName', 'ilike', like);
  const customers = Customer.query().whereColumn('customers.id', 'orders.customerId');
  return found.where((either) =>
    either
      .where('orders.number', 'ilike', like)
      .orWhereExists(customers.where((name) => name.where('name', 'ilike', like).orWhere('number', 'ilike', like)))
      .orWhereExists(hosts),
  );
}
