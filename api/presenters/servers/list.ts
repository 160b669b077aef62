import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { ContractChoice } from '../../../models/listing.js';
import { type ListedService, serviceFilters, serviceSorts } from '../../../models/services/service-list.js';
import { addDays } from '../../../rules/calendar.js';
import { primaryAddress } from '../../../rules/network/host-addresses.js';
import type { Narrowing } from '../../forms/narrowing.js';
import { amountCell, type Cell } from '../csv.js';
import type { ListOffer, ListWish } from '../list.js';
import { headOf, presentListed } from '../listed.js';
import type { Reader } from '../moments.js';
import { lastPaidDay, servicePill } from './words.js';

export const serviceList = {
  id: 'servers',
  address: '/servers',
  sorts: serviceSorts,
  filters: serviceFilters,
  searchable: true,
  csv: '/servers.csv',
} as const satisfies ListOffer;

type Wish = ListWish<(typeof serviceSorts)[number], (typeof serviceFilters)[number]>;

export interface ServiceListInput {
  readonly listed: readonly ListedService[];
  readonly count: number;
  readonly contracts: readonly ContractChoice[];
  readonly narrowing: Pick<Narrowing, 'contract'>;
}

const words = 'servers:list';
const price = { name: 'price', sort: 'price', number: true } as const;
const actions = { name: 'actions', hidden: true };

export function presentServiceList(reader: Reader, wish: Wish, { listed, ...found }: ServiceListInput) {
  const columns = ['name', 'orderNumber', 'address', 'status', 'paid', price, actions];
  const list = presentListed(reader, serviceList, wish, { ...found, words, columns });
  return {
    title: phrase(reader.language, `${words}.title`),
    count: list.total,
    isEmpty: found.count === 0 && !wish.query && wish.filter === 'current' && !list.narrow?.isNarrowed,
    list,
    services: listed.map((service) => presentRow(reader, service)),
  };
}

function presentRow(reader: Reader, service: ListedService) {
  const { priceMinor, currency, periodMonths, paidUntilOn, autoRenew, endsOn, orderNumber } = service;
  return {
    name: service.name,
    link: `/servers/${service.slug}`,
    what: [service.productName, service.place].filter(Boolean).join(' · '),
    order: orderNumber && { number: orderNumber, address: `/orders/${orderNumber}` },
    ip: primaryAddress(service.addresses),
    hostName: service.hostName,
    pill: servicePill(reader, service, endsOn),
    paid: paidUntilOn && lastPaidDay(reader, paidUntilOn),
    renews: autoRenew && !endsOn ? phrase(reader.language, 'servers:list.renews') : undefined,
    price: priceMinor !== null && formatMoney(reader.language, { amountMinor: priceMinor, currency }),
    per: periodMonths && phrase(reader.language, `catalogue:period.${periodMonths}.per`),
  };
}

const csvColumns = [
  'name',
  'host',
  'product',
  'order',
  'address',
  'place',
  'status',
  'paid',
  'currency',
  'price',
  'months',
];

export function serviceCsvHead(reader: Reader): string[] {
  return headOf(reader, `${words}.csv`, csvColumns);
}

export function serviceCells(reader: Reader, service: ListedService): readonly Cell[] {
  const { name, hostName, productName, orderNumber, place, currency, priceMinor, periodMonths, paidUntilOn } = service;
  const price = priceMinor === null ? null : amountCell({ amountMinor: priceMinor, currency });
  const state = servicePill(reader, service, service.endsOn).text;
  const address = primaryAddress(service.addresses);
  const paid = paidUntilOn && addDays(paidUntilOn, -1);
  return [name, hostName, productName, orderNumber, address, place, state, paid, currency, price, periodMonths];
}
