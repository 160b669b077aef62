import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { ContractChoice } from '../../../models/listing.js';
import type { ListedOrder } from '../../../models/orders/order-list.js';
import { type PastSeconds, usualDelivery } from '../../../rules/orders/expected-delivery.js';
import type { OrderStatus } from '../../../rules/orders/order-status.js';
import type { Narrowing } from '../../forms/narrowing.js';
import { amountCell, type Cell } from '../csv.js';
import type { ListOffer, ListWish } from '../list.js';
import { headOf, presentListed } from '../listed.js';
import { day, duration, hour, moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';

export const orderList = {
  id: 'orders',
  address: '/orders',
  sorts: ['placed', 'number', 'total', 'status'],
  usualDirection: 'desc',
  filters: ['all', 'open', 'active', 'closed'],
  searchable: true,
  csv: '/orders.csv',
} as const satisfies ListOffer;

type Filter = (typeof orderList.filters)[number];
type Wish = ListWish<(typeof orderList.sorts)[number], Filter>;

/** Which states a filter shows; all of them where nothing is said. */
export const statusesShown: Readonly<Record<Filter, readonly OrderStatus[] | undefined>> = {
  all: undefined,
  open: ['awaiting_payment', 'preparing', 'cancelling'],
  active: ['active'],
  closed: ['cancelled', 'expired', 'refunded'],
};

export interface OrderListInput {
  readonly listed: readonly ListedOrder[];
  readonly count: number;
  readonly contracts: readonly ContractChoice[];
  readonly narrowing: Narrowing;
  readonly past: PastSeconds;
}

const words = 'orders:list';
const total = { name: 'total', sort: 'total', number: true } as const;

export function presentOrderList(reader: Reader, wish: Wish, { listed, past, ...found }: OrderListInput) {
  const columns = ['number', 'what', 'placed', 'delivery', 'status', total];
  const list = presentListed(reader, orderList, wish, { ...found, words, columns });
  return {
    title: phrase(reader.language, `${words}.title`),
    count: list.total,
    isEmpty: found.count === 0 && !wish.query && wish.filter === 'all' && !list.narrow?.isNarrowed,
    list,
    orders: listed.map((each) => presentRow(reader, each, past)),
  };
}

function presentRow(reader: Reader, order: ListedOrder, past: PastSeconds) {
  const money = (amountMinor: number) => formatMoney(reader.language, { amountMinor, currency: order.currency });
  return {
    number: order.number,
    address: `/orders/${order.number}`,
    what: order.lines.map(({ productName }) => productName).join(', '),
    name: order.serviceName,
    placed: moment(reader, order.placedAt),
    delivery: deliveryOf(reader, order, past),
    pill: pill(reader.language, 'order', order.status),
    total: money(order.totalMinor),
    lines: order.lines.map((line) => ({
      label: [line.productName, ...line.choices.map(({ name }) => name[reader.language])].join(' · '),
      amount: money(line.recurringMinor + line.setupMinor),
    })),
  };
}

/** Delivered then; expected about then; or so long after the payment. */
function deliveryOf(reader: Reader, order: ListedOrder, past: PastSeconds): string {
  const says = (key: string, values = {}) => phrase(reader.language, `orders:list.${key}`, values);
  const usualMs = Math.ceil(usualDelivery(past) / 60) * 60_000;
  if (order.status === 'active' && order.activeAt)
    return says('delivered', { day: day(reader, order.activeAt.toISOString().slice(0, 10)).text });
  if (order.status === 'awaiting_payment') return says('afterPayment', { time: duration(reader, usualMs) });
  if (order.status !== 'preparing') return says('none');
  return hour(reader, new Date((order.paidAt ?? order.placedAt).getTime() + usualMs)).text;
}

const csvColumns = [
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

export function orderCsvHead(reader: Reader): string[] {
  return headOf(reader, `${words}.csv`, csvColumns);
}

export function orderCells({ language }: Reader, order: ListedOrder): readonly Cell[] {
  const { number, lines, placedAt, status, currency, netMinor, vatMinor, totalMinor } = order;
  const amounts = [netMinor, vatMinor, totalMinor].map((amountMinor) => amountCell({ amountMinor, currency }));
  const product = lines.map(({ productName }) => productName).join(', ');
  const host = lines.map(({ hostName }) => hostName).join(', ');
  const state = phrase(language, `states:order.${status}`);
  return [number, product, order.serviceName, host, placedAt, state, currency, ...amounts, order.invoiceNumber];
}
