import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import { type ListedService, serviceFilters, serviceSorts } from '../../../models/services/service-list.js';
import { addDays } from '../../../rules/calendar.js';
import { primaryAddress } from '../../../rules/network/host-addresses.js';
import type { Cell } from '../csv.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
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

export function presentServiceList(reader: Reader, wish: Wish, services: readonly ListedService[], count: number) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `servers:list.${key}`);
  const columns = [
    { label: says('name'), sort: 'name' },
    { label: says('orderNumber') },
    { label: says('address') },
    { label: says('status'), sort: 'status' },
    { label: says('paid'), sort: 'paid' },
    { label: says('price'), sort: 'price', number: true },
    { label: says('actions'), hidden: true },
  ] as const;
  const filters = {
    current: { label: says('filters.current') },
    installed: { label: says('filters.installed') },
    new: { label: says('filters.new') },
    cancelled: { label: says('filters.cancelled') },
  };
  return {
    title: says('title'),
    count,
    isEmpty: count === 0 && !wish.query && wish.filter === 'current',
    list: presentList(serviceList, wish, { language, columns, filters, count }),
    services: services.map((service) => presentRow(reader, service)),
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

export const csvColumns = [
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
].concat('months');

export function serviceCells(reader: Reader, service: ListedService): readonly Cell[] {
  const { name, hostName, productName, orderNumber, place, currency, priceMinor, periodMonths, paidUntilOn } = service;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const price = priceMinor === null ? null : priceMinor / 10 ** maximumFractionDigits;
  const state = servicePill(reader, service, service.endsOn).text;
  const address = primaryAddress(service.addresses);
  const paid = paidUntilOn && addDays(paidUntilOn, -1);
  return [name, hostName, productName, orderNumber, address, place, state, paid, currency, price, periodMonths];
}
