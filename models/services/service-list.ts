import { isIP } from 'node:net';
import type { QueryBuilder } from 'objection';
import type { CalendarDay } from '../../rules/calendar.js';
import type { Customer } from '../accounts/customer.js';
import { type ListOrder, type Stretch, stretchOf } from '../listing.js';
import { AddressAssignment } from '../network/address-assignment.js';
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

/** A service with what lists say of it. */
export interface ListedService
  extends Pick<Service, 'id' | 'slug' | 'name' | 'hostName' | 'status' | 'suspendedAt' | 'createdAt'> {
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
const joined = `services LEFT JOIN order_lines line ON line.id = services.order_line_id
  LEFT JOIN orders ON orders.id = line.order_id LEFT JOIN subscriptions paid ON paid.service_id = services.id`;

/** What has no price or no paid day yet comes last, whichever way the list is sorted. */
function orderOf({ sort, direction }: ServicesWanted): ListOrder {
  const sign = direction === 'asc' ? '' : '-';
  const columns: Readonly<Record<ServicesWanted['sort'], string>> = {
    name: 'services.name',
    status: 'services.status',
    paid: `coalesce(paid.paid_until_on, '${sign}infinity')`,
    price: `coalesce(paid.price_minor, line.recurring_minor, ${sign}9007199254740991)`,
  };
  return { table: 'services', by: columns[sort], direction, from: joined };
}

/** A customer's services as a list asks for them; two statements. */
export async function listServices(
  customer: Customer,
  wanted: ServicesWanted,
  stretch: Stretch,
): Promise<ListedService[]> {
  const rows = await stretchOf(servicesMatching(customer, wanted), orderOf(wanted), stretch)
    .select(
      'services.*',
      'line.productName',
      'orders.number as orderNumber',
      'paid.paidUntilOn',
      'paid.autoRenew',
      Service.raw('coalesce(paid.price_minor, line.recurring_minor) AS price_minor'),
      Service.raw('coalesce(paid.period_months, line.period_months) AS period_months'),
      Service.raw('coalesce(paid.currency, orders.currency, ?) AS currency', [customer.currency]),
      Service.raw(`(SELECT c.ends_on FROM service_cancellations c
        WHERE c.service_id = services.id AND c.status IN ('scheduled', 'ending') LIMIT 1) AS ends_on`),
      Service.raw(`(SELECT sites.city || ' ' || sites.code FROM server_leases l
        JOIN servers ON servers.id = l.server_id JOIN racks ON racks.id = servers.rack_id
        JOIN sites ON sites.id = racks.site_id
        WHERE l.service_id = services.id AND upper_inf(l.during) LIMIT 1) AS place`),
    )
    .castTo<Omit<ListedService, 'addresses'>[]>();
  const held = await AddressAssignment.query()
    .withGraphJoined('prefix')
    .whereIn(
      'serviceId',
      rows.map(({ id }) => id),
    )
    .whereRaw('upper_inf(address_assignments.during)');
  return rows.map((row) => ({ ...row, addresses: held.filter(({ serviceId }) => serviceId === row.id) }));
}

export function servicesMatching(
  customer: Customer,
  { query, filter = 'current', contract }: ServicesWanted,
): QueryBuilder<Service> {
  const found = Service.query()
    .modify('ownedBy', customer)
    .leftJoin('order_lines as line', 'line.id', 'services.orderLineId')
    .leftJoin('orders', 'orders.id', 'line.orderId')
    .leftJoin('subscriptions as paid', 'paid.serviceId', 'services.id')
    .whereIn('services.status', filters[filter]);
  if (contract) found.where('services.contractId', contract);
  if (query) found.where((either) => searched(either, query));
  return found;
}

/** By name, host name, product, order, or address: also one inside a block that the service holds. */
function searched(either: QueryBuilder<Service>, query: string): void {
  const inText = (column: string) => `strpos(lower(${column}), lower(?)) > 0`;
  for (const column of ['services.name', 'services.slug', 'services.host_name', 'line.product_name', 'orders.number'])
    either.orWhereRaw(inText(column), [query]);
  const within = isIP(query) ? 'a.block >>= ?::inet' : inText('host(a.block)');
  either.orWhereRaw(
    `EXISTS (SELECT FROM address_assignments a WHERE a.service_id = services.id AND upper_inf(a.during) AND ${within})`,
    [query],
  );
}
