import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import { type ListedOrder, orderFilters, orderSorts } from '../../../models/orders/order-list.js';
import { type PastSeconds, usualDelivery } from '../../../rules/orders/expected-delivery.js';
import type { Cell } from '../csv.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import { day, duration, hour, moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';

export const orderList = {
  id: 'orders',
  address: '/orders',
  sorts: orderSorts,
  usualDirection: 'desc',
  filters: orderFilters,
  searchable: true,
  csv: '/orders.csv',
} as const satisfies ListOffer;

type Wish = ListWish<(typeof orderSorts)[number], (typeof orderFilters)[number]>;

export interface OrderListInput {
  readonly listed: readonly ListedOrder[];
  readonly count: number;
  readonly past: PastSeconds;
}

export function presentOrderList(reader: Reader, wish: Wish, { listed, count, past }: OrderListInput) {
  const says = (key: string) => phrase(reader.language, `orders:list.${key}`);
  const filters = { all: { label: says('filters.all') }, open: { label: says('filters.open') } };
  const closed = { active: { label: says('filters.active') }, closed: { label: says('filters.closed') } };
  const columns = [
    { label: says('number'), sort: 'number' },
    { label: says('what') },
    { label: says('placed'), sort: 'placed' },
    { label: says('delivery') },
    { label: says('status'), sort: 'status' },
    { label: says('total'), sort: 'total', number: true },
  ] as const;
  return {
    title: says('title'),
    count,
    isEmpty: count === 0 && !wish.query && wish.filter === 'all',
    list: presentList(orderList, wish, {
      language: reader.language,
      columns,
      filters: { ...filters, ...closed },
      count,
    }),
    orders: listed.map((each) => presentRow(reader, each, past)),
  };
}

function presentRow(reader: Reader, listed: ListedOrder, past: PastSeconds) {
  const { order, service } = listed;
  const money = (amountMinor: number) => formatMoney(reader.language, { amountMinor, currency: order.currency });
  return {
    number: order.number,
    address: `/orders/${order.number}`,
    what: order.lines.map(({ productName }) => productName).join(', '),
    name: service?.name,
    placed: moment(reader, order.placedAt),
    delivery: deliveryOf(reader, listed, past),
    pill: pill(reader.language, 'order', order.status),
    total: money(order.totalMinor),
    lines: order.lines.map((line) => ({
      label: [line.productName, ...line.choices.map(({ name }) => name[reader.language])].join(' · '),
      amount: money(line.recurringMinor + line.setupMinor),
    })),
  };
}

/** Delivered then; expected about then; or so long after the payment. */
function deliveryOf(reader: Reader, { order, service }: ListedOrder, past: PastSeconds): string {
  const says = (key: string, values = {}) => phrase(reader.language, `orders:list.${key}`, values);
  const usualMs = Math.ceil(usualDelivery(past) / 60) * 60_000;
  if (order.status === 'active' && service?.activeAt)
    return says('delivered', { day: day(reader, service.activeAt.toISOString().slice(0, 10)).text });
  if (order.status === 'awaiting_payment') return says('afterPayment', { time: duration(reader, usualMs) });
  if (order.status !== 'preparing') return says('none');
  return hour(reader, new Date((order.invoice.paidAt ?? order.placedAt).getTime() + usualMs)).text;
}

export const csvColumns = [
  'number',
  'product',
  'name',
  'host',
  'placed',
  'status',
  'currency',
  'net',
  'vat',
  'total',
  'invoice',
];

/** Amounts in units of the currency, as a spreadsheet adds them. */
export function orderCells({ language }: Reader, { order, service }: ListedOrder): readonly Cell[] {
  const { number, lines, placedAt, status, currency, netMinor, vatMinor, totalMinor, invoice } = order;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const units = [netMinor, vatMinor, totalMinor].map((minor) => minor / 10 ** maximumFractionDigits);
  const product = lines.map(({ productName }) => productName).join(', ');
  const host = lines.map(({ hostName }) => hostName).join(', ');
  const state = phrase(language, `states:order.${status}`);
  return [number, product, service?.name, host, placedAt, state, currency, ...units, invoice.number];
}
