import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import { type ListedOrder, orderSorts } from '../../../models/orders/order-list.js';
import { type OrderStatus, orderStatuses } from '../../../rules/orders/order-status.js';
import type { Narrowing } from '../../forms/narrowing.js';
import { amountCell, type Cell } from '../csv.js';
import type { ListOffer, ListWish } from '../list.js';
import { headOf, presentListed } from '../listed.js';
import { moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';

export const ordersOffer = {
  id: 'orders',
  address: '/staff/orders',
  sorts: orderSorts,
  usualDirection: 'desc',
  filters: ['all', ...orderStatuses] as ['all', ...OrderStatus[]],
  searchable: true,
  csv: '/staff/orders.csv',
} as const satisfies ListOffer;

type OrdersWish = ListWish<(typeof ordersOffer.sorts)[number], 'all' | OrderStatus>;

interface OrdersInput {
  readonly listed: readonly ListedOrder[];
  readonly count: number;
  readonly narrowing: Narrowing;
}

const words = 'staff:orders';
const state = { name: 'state', sort: 'status' } as const;
const total = { name: 'total', sort: 'total', number: true } as const;

export function presentOrders(reader: Reader, wish: OrdersWish, { listed, count, narrowing }: OrdersInput) {
  const { language } = reader;
  const { from, until } = narrowing;
  return {
    title: phrase(language, `${words}.title`),
    list: presentListed(reader, ordersOffer, wish, {
      words,
      columns: ['number', 'customer', 'what', state, 'placed', total],
      filterLabel: (name) => phrase(language, name === 'all' ? `${words}.all` : `states:order.${name}`),
      count,
      narrowing: { from, until },
    }),
    rows: listed.map((order) => ({
      number: order.number,
      address: `/staff/orders/${order.number}`,
      customer: order.customerName,
      customerNumber: order.customerNumber,
      products: order.lines.map(({ productName }) => productName).join(', '),
      hosts: order.lines.map(({ hostName }) => hostName).join(', '),
      pill: pill(language, 'order', order.status),
      placed: moment(reader, order.placedAt),
      total: formatMoney(language, { amountMinor: order.totalMinor, currency: order.currency }),
    })),
  };
}

const csvColumns = ['number', 'customerNumber', 'customer', 'what', 'host', 'state', 'placed', 'total', 'currency'];

export function ordersCsvHead(reader: Reader): string[] {
  return headOf(reader, words, csvColumns);
}

export function orderCells({ language }: Reader, order: ListedOrder): Cell[] {
  const { number, customerNumber, customerName, lines, status, placedAt, currency, totalMinor } = order;
  const products = lines.map(({ productName }) => productName).join(', ');
  const hosts = lines.map(({ hostName }) => hostName).join(', ');
  const state = phrase(language, `states:order.${status}`);
  return [
    ...[number, customerNumber, customerName, products, hosts, state],
    placedAt,
    amountCell({ amountMinor: totalMinor, currency }),
    currency,
  ];
}
