import type { OrderStatus } from '../../rules/orders/order-status.js';
import type { Customer } from '../accounts/customer.js';
import {
  anywhere,
  contractsOf,
  foundByStaff,
  type Listing,
  type OfContracts,
  orderOf,
  type Page,
  type PageWith,
  pageOf,
  type Stretch,
  stretchOf,
  type Whose,
} from '../listing.js';
import { allOf, columnsOf, rowsOf, type Sql, sql } from '../sql.js';
import { Order } from './order.js';
import type { OrderLine } from './order-line.js';

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

const shown = ['id', 'number', 'status', 'currency', 'netMinor', 'vatMinor', 'totalMinor', 'placedAt'] as const;

/** An order as lists show it. */
export interface ListedOrder extends Pick<Order, (typeof shown)[number]> {
  readonly customerNumber: string;
  readonly customerName: string;
  readonly lines: readonly Pick<OrderLine, 'productName' | 'hostName' | 'choices' | 'recurringMinor' | 'setupMinor'>[];
  /** What was ordered, once it has a name. */
  readonly serviceName: string | null;
  readonly activeAt: Date | null;
  readonly invoiceNumber: string | null;
  readonly paidAt: Date | null;
}

const sorts: Readonly<Record<OrdersWanted['sort'], Sql>> = {
  placed: sql`orders.placed_at`,
  number: sql`orders.number`,
  total: sql`orders.total_minor`,
  status: sql`orders.status`,
  customer: sql`customers.name`,
};
const columns = sql`${columnsOf('orders', ...shown)}, customers.number AS "customerNumber", customers.name AS "customerName",
  invoices.number AS "invoiceNumber", invoices.paid_at AS "paidAt", service.name AS "serviceName",
  service.active_at AS "activeAt",
  (SELECT json_agg(json_build_object('productName', l.product_name, 'hostName', l.host_name, 'choices', l.choices,
      'recurringMinor', l.recurring_minor, 'setupMinor', l.setup_minor) ORDER BY l.position)
    FROM order_lines l WHERE l.order_id = orders.id) AS lines`;
const besides = sql`JOIN customers ON customers.id = orders.customer_id
  LEFT JOIN invoices ON invoices.order_id = orders.id
  LEFT JOIN LATERAL (SELECT s.name, s.active_at FROM order_lines l JOIN services s ON s.order_line_id = l.id
    WHERE l.order_id = orders.id ORDER BY l.position LIMIT 1) service ON true`;

/** Orders as a list asks for them, with all that it says of them: one statement. */
export function listOrders(whose: Whose, wanted: OrdersWanted, stretch: Stretch): Promise<ListedOrder[]> {
  return rowsOf(Order.knex(), rowsIn(ordersListed(whose, wanted), stretch));
}

/** A page of them. */
export function pageOfOrders(whose: Whose, wanted: OrdersWanted, stretch: Stretch): Promise<Page<ListedOrder>> {
  const listing = ordersListed(whose, wanted);
  return pageOf(listing, stretch, (further) => rowsIn(listing, stretch, further));
}

/** A page of a customer's own, with the contracts that they can be of: one statement. */
export function pageOfOwnOrders(
  customer: Pick<Customer, 'id'>,
  wanted: OrdersWanted,
  stretch: Stretch,
): Promise<PageWith<ListedOrder, OfContracts>> {
  const listing = ordersListed(customer, wanted);
  const contracts = sql`SELECT ${contractsOf(customer)} AS contracts`;
  return pageOf(listing, stretch, (further) => rowsIn(listing, stretch, further), contracts);
}

function rowsIn(listing: Listing, stretch: Stretch, further = sql``): Sql {
  return sql`SELECT ${columns} ${further} FROM (${stretchOf(listing, sql`orders.*`, stretch)}) AS orders
    ${besides} ORDER BY ${orderOf(listing)}`;
}

function ordersListed(
  whose: Whose,
  { sort, direction, query, statuses, contract, from, until }: OrdersWanted,
): Listing {
  const where = allOf([
    whose !== 'everybody' && sql`orders.customer_id = ${whose.id}`,
    statuses && sql`orders.status = ANY(${[...statuses]})`,
    contract && sql`orders.contract_id = ${contract}`,
    from && sql`orders.placed_at >= ${from}`,
    until && sql`orders.placed_at < ${until}`,
    query && (whose === 'everybody' ? searchedByStaff(query) : searched(query)),
  ]);
  const table = sort === 'customer' ? sql`orders JOIN customers ON customers.id = orders.customer_id` : sql`orders`;
  const order = { by: sorts[sort], direction, tie: sql`orders.number`, id: sql`orders.id` };
  return { from: table, where, ...order, kept: query === '' };
}

/** By number, customer and host name, each by its index. */
function searchedByStaff(query: string): Sql {
  const hosts = sql`SELECT order_id FROM order_lines WHERE host_name ILIKE ${anywhere(query)} LIMIT 1000`;
  const found = foundByStaff(query, { number: sql`orders.number`, customer: sql`orders.customer_id` });
  return sql`(${found} OR orders.id = ANY(ARRAY(${hosts})))`;
}

/** One's own few orders are looked through. */
function searched(query: string): Sql {
  const like = anywhere(query);
  return sql`(orders.number ILIKE ${like} OR EXISTS (SELECT FROM order_lines l
    LEFT JOIN services s ON s.order_line_id = l.id WHERE l.order_id = orders.id
      AND (l.product_name ILIKE ${like} OR l.host_name ILIKE ${like} OR s.name ILIKE ${like})))`;
}
