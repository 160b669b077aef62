import { isIP } from 'node:net';
import type { CalendarDay } from '../../rules/calendar.js';
import type { Customer } from '../accounts/customer.js';
import {
  contractsOf,
  type Listing,
  type OfContracts,
  type PageWith,
  pageOf,
  type Stretch,
  stretchOf,
} from '../listing.js';
import { AddressAssignment } from '../network/address-assignment.js';
import { allOf, anyOf, columnsOf, rowsOf, type Sql, sql } from '../sql.js';
import { Service } from './service.js';

export const serviceSorts = ['name', 'status', 'paid', 'price'] as const;
/** `current` is what one has or is about to have; `installed` runs, `new` is on its way, `cancelled` is over or never came. */
export const serviceFilters = ['current', 'installed', 'new', 'cancelled'] as const;

export interface ServicesWanted {
  /** A part of a name, host name, product, order's number or address; or an address inside a block. */
  readonly query: string;
  readonly sort: (typeof serviceSorts)[number];
  readonly direction: 'asc' | 'desc';
  readonly filter: (typeof serviceFilters)[number] | undefined;
  readonly contract?: string | undefined;
}

const shown = ['id', 'slug', 'name', 'hostName', 'status', 'suspendedAt', 'createdAt'] as const;

/** A service with what lists say of it. */
export interface ListedService extends Pick<Service, (typeof shown)[number]> {
  readonly productName: string | null;
  readonly orderNumber: string | null;
  /** Where its machine stands. */
  readonly place: string | null;
  readonly priceMinor: number | null;
  readonly currency: string;
  readonly periodMonths: number | null;
  /** The first day that is not paid for. */
  readonly paidUntilOn: CalendarDay | null;
  readonly autoRenew: boolean | null;
  /** The day it ends, where a cancellation was confirmed. */
  readonly endsOn: CalendarDay | null;
  readonly addresses: readonly AddressAssignment[];
}

const filters = {
  current: ['ordered', 'preparing', 'active'],
  installed: ['active'],
  new: ['ordered', 'preparing'],
  cancelled: ['ended', 'abandoned'],
} as const;
const joined = sql`services LEFT JOIN order_lines line ON line.id = services.order_line_id
  LEFT JOIN orders ON orders.id = line.order_id LEFT JOIN subscriptions paid ON paid.service_id = services.id`;

/** What has no price or no paid day yet comes last, whichever way the list is sorted. */
const sorts: Readonly<Record<ServicesWanted['sort'], Readonly<Record<ServicesWanted['direction'], Sql>>>> = {
  name: { asc: sql`services.name`, desc: sql`services.name` },
  status: { asc: sql`services.status`, desc: sql`services.status` },
  paid: {
    asc: sql`coalesce(paid.paid_until_on, 'infinity')`,
    desc: sql`coalesce(paid.paid_until_on, '-infinity')`,
  },
  price: {
    asc: sql`coalesce(paid.price_minor, line.recurring_minor, 9007199254740991)`,
    desc: sql`coalesce(paid.price_minor, line.recurring_minor, -9007199254740991)`,
  },
};

const columns = sql`${columnsOf('services', ...shown)}, line.product_name AS "productName", orders.number AS "orderNumber",
  paid.paid_until_on AS "paidUntilOn", paid.auto_renew AS "autoRenew",
  coalesce(paid.price_minor, line.recurring_minor) AS "priceMinor",
  coalesce(paid.period_months, line.period_months) AS "periodMonths", coalesce(paid.currency, orders.currency) AS currency,
  (SELECT c.ends_on FROM service_cancellations c
    WHERE c.service_id = services.id AND c.status IN ('scheduled', 'ending', 'resting') LIMIT 1) AS "endsOn",
  (SELECT sites.city || ' ' || sites.code FROM server_leases l
    JOIN servers ON servers.id = l.server_id JOIN racks ON racks.id = servers.rack_id
    JOIN sites ON sites.id = racks.site_id
    WHERE l.service_id = services.id AND upper_inf(l.during) LIMIT 1) AS place`;

/** A customer's services as a list asks for them; two statements. */
export async function listServices(
  customer: Customer,
  wanted: ServicesWanted,
  stretch: Stretch,
): Promise<ListedService[]> {
  const rows = await rowsOf<Row>(Service.knex(), stretchOf(servicesListed(customer, wanted), columns, stretch));
  return withAddresses(rows, customer);
}

/** A page of them, with the contracts that they can be of; two statements. */
export async function pageOfServices(
  customer: Customer,
  wanted: ServicesWanted,
  stretch: Stretch,
): Promise<PageWith<ListedService, OfContracts>> {
  const listing = servicesListed(customer, wanted);
  const rows = (further: Sql) => stretchOf(listing, sql`${columns} ${further}`, stretch);
  const contracts = sql`SELECT ${contractsOf(customer)} AS contracts`;
  const found = await pageOf<Row, OfContracts>(listing, stretch, rows, contracts);
  return { ...found, listed: await withAddresses(found.listed, customer) };
}

type Row = Omit<ListedService, 'addresses' | 'currency'> & { readonly currency: string | null };

async function withAddresses(rows: readonly Row[], { currency }: Customer): Promise<ListedService[]> {
  const held = await AddressAssignment.query()
    .withGraphJoined('prefix')
    .whereIn(
      'serviceId',
      rows.map(({ id }) => id),
    )
    .whereRaw('upper_inf(address_assignments.during)');
  return rows.map((row) => ({
    ...row,
    currency: row.currency ?? currency,
    addresses: held.filter(({ serviceId }) => serviceId === row.id),
  }));
}

function servicesListed(
  { id }: Customer,
  { sort, direction, query, filter = 'current', contract }: ServicesWanted,
): Listing {
  const where = allOf([
    sql`services.customer_id = ${id} AND services.status = ANY(${[...filters[filter]]})`,
    contract && sql`services.contract_id = ${contract}`,
    query && searched(query),
  ]);
  const order = { by: sorts[sort][direction], direction, tie: sql`services.id`, id: sql`services.id` };
  return { from: joined, where, ...order, kept: query === '' };
}

/** By name, host name, product, order, or address: also one inside a block that the service holds. */
function searched(query: string): Sql {
  const inText = (column: Sql) => sql`strpos(lower(${column}), lower(${query})) > 0`;
  const within = isIP(query) ? sql`a.block >>= ${query}::inet` : inText(sql`host(a.block)`);
  const texts = [
    sql`services.name`,
    sql`services.slug`,
    sql`services.host_name`,
    sql`line.product_name`,
    sql`orders.number`,
  ];
  return sql`(${anyOf(texts.map(inText))} OR EXISTS (SELECT FROM address_assignments a
    WHERE a.service_id = services.id AND upper_inf(a.during) AND ${within}))`;
}
