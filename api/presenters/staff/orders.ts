import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { Order } from '../../../models/orders/order.js';
import { type OrderStatus, orderStatuses } from '../../../rules/orders/order-status.js';
import { amountCell, type Cell } from '../csv.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import { moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';

export const ordersOffer = {
  id: 'orders',
  address: '/staff/orders',
  sorts: ['placed', 'number', 'customer'],
  usualDirection: 'desc',
  filters: ['all', ...orderStatuses] as ['all', ...OrderStatus[]],
  searchable: true,
  csv: '/staff/orders.csv',
} as const satisfies ListOffer;

export type OrdersWish = ListWish<(typeof ordersOffer.sorts)[number], 'all' | OrderStatus>;

export function presentOrders(
  reader: Reader,
  { orders, count, wish }: { orders: readonly Order[]; count: number; wish: OrdersWish },
) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `staff:orders.${key}`);
  const columns = [
    { label: says('number'), sort: 'number' as const },
    { label: says('customer'), sort: 'customer' as const },
    { label: says('what') },
    { label: says('state') },
    { label: says('placed'), sort: 'placed' as const },
    { label: says('total'), number: true },
  ];
  const states = orderStatuses.map(
    (status) => [status, { label: phrase(language, `states:order.${status}`) }] as const,
  );
  const filters = { all: { label: says('all') }, ...Object.fromEntries(states) } as Record<
    'all' | OrderStatus,
    { label: string }
  >;
  return {
    title: says('title'),
    list: presentList(ordersOffer, wish, { language, columns, filters, count }),
    rows: orders.map((order) => ({
      number: order.number,
      address: `/staff/orders/${order.number}`,
      customer: order.customer.name,
      customerNumber: order.customer.number,
      products: order.lines.map(({ productName }) => productName).join(', '),
      hosts: order.lines.map(({ hostName }) => hostName).join(', '),
      pill: pill(language, 'order', order.status),
      placed: moment(reader, order.placedAt),
      total: formatMoney(language, order.total),
    })),
  };
}

export function ordersCsvHead({ language }: Reader): string[] {
  const names = ['number', 'customerNumber', 'customer', 'what', 'host', 'state', 'placed', 'total', 'currency'];
  return names.map((name) => phrase(language, `staff:orders.${name}`));
}

export function orderCells({ language }: Reader, order: Order): Cell[] {
  const { number, customer, lines, status, placedAt, currency } = order;
  const [products, hosts] = [lines.map((line) => line.productName), lines.map((line) => line.hostName)];
  const state = phrase(language, `states:order.${status}`);
  return [
    number,
    customer.number,
    customer.name,
    products.join(', '),
    hosts.join(', '),
    state,
    placedAt,
    amountCell(order.total),
    currency,
  ];
}
