import { phrase } from '../../../locales/phrases.js';
import { type PortRow, portFilters } from '../../../models/network/switch-port-search.js';
import type { SwitchRow } from '../../../models/network/switch-search.js';
import type { Cell } from '../csv.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import { moment, type Reader } from '../moments.js';
import { portSpeed } from '../network/port-speed.js';
import { addressOfPortTraffic } from '../network/traffic-pages.js';
import { addressOfCustomer } from './customer-facts.js';
import { addressOfServer } from './server.js';
import { addressOfSwitch, answers, reachedAt } from './switches.js';

type Filter = (typeof portFilters)[number];
export type PortsWish = ListWish<'port', Filter>;

/** All ports there are, or those of one switch, on its page. */
export function portsOffer(name?: string) {
  const address = name ? addressOfSwitch(name) : '/staff/switch-ports';
  const shared = { id: 'ports', sorts: ['port'], filters: portFilters, searchable: true } as const;
  return { ...shared, address, csv: name ? `${address}/ports.csv` : `${address}.csv` } as const satisfies ListOffer<
    'port',
    Filter
  >;
}

export interface PortsInput {
  readonly rows: readonly PortRow[];
  readonly counts: Readonly<Record<Filter, number>>;
  readonly wish: PortsWish;
}

export function presentPorts(reader: Reader, input: PortsInput) {
  return { title: phrase(reader.language, 'inventory:ports.title'), ...portList(reader, portsOffer(), input) };
}

/** A switch's page: how it is reached, and all its ports. */
export function presentSwitch(
  reader: Reader,
  {
    device,
    mayChange,
    mayReadAudit,
    ...input
  }: PortsInput & { device: SwitchRow; mayChange: boolean; mayReadAudit: boolean },
) {
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `inventory:switches.${key}`, values);
  const { pill, at, failure } = answers(reader, device);
  const address = addressOfSwitch(device.name);
  return {
    title: device.name,
    crumbs: [{ label: says('title'), address: '/staff/switches' }],
    pill,
    sub: says('ofPorts', { used: device.used, ports: device.ports }),
    failure,
    at,
    edit: mayChange ? `${address}/edit` : undefined,
    audit: mayReadAudit ? `/staff/audit?${new URLSearchParams({ q: device.name })}` : undefined,
    facts: [
      { label: says('site'), value: device.site, sub: device.city },
      { label: says('reached'), value: reachedAt(device), mono: true },
      { label: says('snmp'), value: says(`version.${device.version}`) },
      { label: says('secret'), value: phrase(language, 'inventory:servers.sealed') },
    ],
    ...portList(reader, portsOffer(device.name), input),
  };
}

function portList(reader: Reader, offer: ReturnType<typeof portsOffer>, { rows, counts, wish }: PortsInput) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `inventory:ports.${key}`);
  const columns = [
    { label: says('port'), sort: 'port' as const },
    { label: says('state') },
    { label: says('vlan') },
    { label: says('server') },
    { label: says('holder') },
    { label: says('traffic'), hidden: true },
  ];
  const filters = Object.fromEntries(
    portFilters.map((name) => [name, { label: says(`show.${name}`), count: counts[name] }]),
  ) as Record<Filter, { label: string; count: number }>;
  return {
    list: presentList(offer, wish, { language, columns, filters, count: counts[wish.filter ?? 'all'] }),
    rows: rows.map((row) => ({
      name: row.name,
      switch: row.switch,
      switchAddress: addressOfSwitch(row.switch),
      speed: portSpeed(language, row.speedMbit),
      pill: stateOf(reader, row),
      readAt: row.readAt && moment(reader, row.readAt),
      alias: row.alias,
      vlan: row.vlan,
      server: row.server && { label: row.server, address: addressOfServer(row.server) },
      holder: row.number && { name: row.customer, service: row.service, address: addressOfCustomer(row.number) },
      traffic: addressOfPortTraffic(row.id),
    })),
  };
}

/** Switched on or off, and whether there is a link, as the device itself told. */
function stateOf({ language }: Reader, { up, link }: PortRow) {
  const says = (key: string) => phrase(language, `inventory:ports.${key}`);
  if (up === null) return { tone: 'idle', icon: 'circle-dashed', text: says('unread') };
  if (!up) return { tone: 'idle', icon: 'ban', text: says('off') };
  return link
    ? { tone: 'ok', icon: 'circle-check', text: says('link') }
    : { tone: 'warn', icon: 'alert-triangle', text: says('noLink') };
}

const csvColumns = [
  'switch',
  'port',
  'index',
  'speed',
  'up',
  'hasLink',
  'alias',
  'vlan',
  'server',
  'service',
  'holder',
  'number',
];

export function portsCsvHead({ language }: Reader): string[] {
  return csvColumns.map((name) => phrase(language, `inventory:ports.${name}`));
}

export function portCells(row: PortRow): Cell[] {
  const told = (value: boolean | null) => (value === null ? null : Number(value));
  const { name, ifIndex, speedMbit, alias, vlan, server, service, customer, number } = row;
  return [
    row.switch,
    name,
    ifIndex,
    speedMbit,
    told(row.up),
    told(row.link),
    alias,
    vlan,
    server,
    service,
    customer,
    number,
  ];
}
