import { phrase } from '../../../locales/phrases.js';
import type { ServerCounts, ServerRow } from '../../../models/servers/server-row.js';
import { serverSorts } from '../../../models/servers/server-search.js';
import { type ServerGroup, serverGroups } from '../../../rules/servers/server-status.js';
import type { Cell } from '../csv.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import { day, type Reader } from '../moments.js';
import { pill } from '../pill.js';
import { addressOfCustomer } from './customer-facts.js';
import { addressOfServer } from './server.js';

const groups = Object.keys(serverGroups) as ServerGroup[];

export const serversOffer = {
  id: 'servers',
  address: '/staff/servers',
  sorts: serverSorts,
  filters: ['all', ...groups] as ['all', ...ServerGroup[]],
  searchable: true,
  csv: '/staff/servers.csv',
} as const satisfies ListOffer;

export type ServersWish = ListWish<(typeof serverSorts)[number], 'all' | ServerGroup>;

/** What the list is narrowed to besides; anything that there is not counts as not said. */
export interface Narrowing {
  readonly site: string;
  readonly product: string;
}

export interface ServersInput {
  readonly rows: readonly ServerRow[];
  readonly counts: ServerCounts;
  readonly kinds: { readonly sites: readonly string[]; readonly products: readonly { slug: string; name: string }[] };
  readonly wish: ServersWish;
  readonly narrowing: Narrowing;
  readonly mayChange: boolean;
}

export function presentServers(reader: Reader, { rows, counts, kinds, wish, narrowing, mayChange }: ServersInput) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `inventory:servers.${key}`);
  const columns = [
    { label: says('machine'), sort: 'label' as const },
    { label: says('product'), sort: 'product' as const },
    { label: says('place'), sort: 'place' as const },
    { label: says('state'), sort: 'since' as const },
    { label: says('port') },
    { label: says('bmc') },
    { label: says('holder') },
  ];
  const filters = Object.fromEntries(
    serversOffer.filters.map((group) => [group, { label: says(`groups.${group}`), count: counts[group] }]),
  ) as Record<'all' | ServerGroup, { label: string; count: number }>;
  const besides = Object.fromEntries(Object.entries(narrowing).filter(([, value]) => value !== ''));
  const count = counts[wish.filter ?? 'all'];
  const list = presentList({ ...serversOffer, besides }, wish, { language, columns, filters, count });
  const any = { value: '', label: says('any') };
  return {
    title: says('title'),
    nothingYet: counts.all === 0 && !wish.query && Object.keys(besides).length === 0,
    mayChange,
    list,
    kept: list.kept.filter(({ name }) => !(name in narrowing)),
    narrowed: Object.keys(besides).length > 0,
    sites: [any, ...kinds.sites.map((code) => ({ value: code, label: code, chosen: code === narrowing.site }))],
    products: [
      any,
      ...kinds.products.map(({ slug, name }) => ({ value: slug, label: name, chosen: slug === narrowing.product })),
    ],
    rows: rows.map((row) => ({
      ...row,
      address: addressOfServer(row.label),
      built: row.built.map((name) => name[language]).join(', '),
      place: placeOf(reader, row),
      pill: pill(language, 'machine', row.status),
      since: day(reader, new Date(row.statusSince).toISOString().slice(0, 10)),
      driver: row.driver && phrase(language, `inventory:driver.${row.driver}`),
      held: row.holder && { ...row.holder, address: addressOfCustomer(row.holder.number) },
    })),
  };
}

function placeOf({ language }: Reader, { site, rack, unit }: ServerRow): string {
  return phrase(language, 'inventory:servers.standsAt', { site, rack, unit });
}

const csvColumns = [
  'machine',
  'serial',
  'mac',
  'product',
  'built',
  'site',
  'rack',
  'unit',
  'state',
  'since',
  'reason',
].concat(['switch', 'port', 'driver', 'bmc', 'holder', 'customerNumber', 'service']);

export function serversCsvHead({ language }: Reader): string[] {
  return csvColumns.map((name) => phrase(language, `inventory:servers.${name}`));
}

export function serverCells({ language }: Reader, row: ServerRow): Cell[] {
  const {
    label,
    serial,
    mac,
    product,
    site,
    rack,
    unit,
    statusReason,
    switch: device,
    port,
    driver,
    bmc,
    holder,
  } = row;
  const built = row.built.map((name) => name[language]).join(', ');
  const state = phrase(language, `states:machine.${row.status}`);
  const since = new Date(row.statusSince);
  const where: Cell[] = [label, serial, mac, product, built, site, rack, unit, state, since, statusReason];
  return [...where, device, port, driver, bmc, holder?.customer, holder?.number, holder?.service];
}
