import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import { type CustomerRow, customerFilters, customerSorts } from '../../../models/accounts/customer-search.js';
import { countryName } from '../billing/lines.js';
import { amountCell, type Cell } from '../csv.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import { day, type Reader } from '../moments.js';
import { addressOfCustomer } from './customer-facts.js';

export const customersOffer = {
  id: 'customers',
  address: '/staff/customers',
  sorts: customerSorts,
  usualDirection: 'desc',
  filters: customerFilters,
  searchable: true,
  csv: '/staff/customers.csv',
} as const satisfies ListOffer;

type Filter = (typeof customerFilters)[number];
export type CustomersWish = ListWish<(typeof customerSorts)[number], Filter>;

export interface CustomersInput {
  readonly rows: readonly CustomerRow[];
  readonly count: number;
  readonly wish: CustomersWish;
}

export function presentCustomers(reader: Reader, { rows, count, wish }: CustomersInput) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `customers:list.${key}`);
  const columns = [
    { label: says('number'), sort: 'number' as const },
    { label: says('name'), sort: 'name' as const },
    { label: says('country') },
    { label: says('since') },
    { label: says('running'), number: true },
    { label: says('monthly'), number: true },
    { label: says('unpaid'), sort: 'unpaid' as const, number: true },
  ];
  const filters = Object.fromEntries(customerFilters.map((name) => [name, { label: says(`show.${name}`) }]));
  const shown = filters as Record<Filter, { label: string }>;
  return {
    title: says('title'),
    list: presentList(customersOffer, wish, { language, columns, filters: shown, count }),
    rows: rows.map((row) => ({
      number: row.number,
      name: row.name,
      email: row.email,
      address: addressOfCustomer(row.number),
      country: countryName(language, row.country),
      city: row.city,
      since: row.since && day(reader, new Date(row.since).toISOString().slice(0, 10)),
      running: row.running,
      monthly: formatMoney(language, moneyOf(row, row.monthlyMinor)),
      unpaid: row.unpaidMinor > 0 ? formatMoney(language, moneyOf(row, row.unpaidMinor)) : '–',
      overdue: overdueOf(reader, row),
    })),
  };
}

function overdueOf({ language }: Reader, row: CustomerRow): string | undefined {
  if (row.overdueMinor === 0) return undefined;
  if (row.overdueMinor === row.unpaidMinor) return phrase(language, 'customers:list.allOverdue');
  const amount = formatMoney(language, moneyOf(row, row.overdueMinor));
  return phrase(language, 'customers:list.ofItOverdue', { amount });
}

const csvColumns = ['number', 'name', 'kind', 'email', 'city', 'country', 'vatNumber', 'since', 'running'].concat([
  'monthly',
  'unpaid',
  'overdue',
  'currency',
]);

export function customersCsvHead({ language }: Reader): string[] {
  return csvColumns.map((name) => phrase(language, `customers:list.${name}`));
}

export function customerCells({ language }: Reader, row: CustomerRow): Cell[] {
  const { number, name, kind, email, city, country, vatNumber, since, running, currency } = row;
  const amounts = [row.monthlyMinor, row.unpaidMinor, row.overdueMinor].map((minor) => amountCell(moneyOf(row, minor)));
  const first = since && new Date(since);
  const word = phrase(language, `staff:customer.${kind}`);
  return [number, name, word, email, city, country, vatNumber, first, running, ...amounts, currency];
}

function moneyOf({ currency }: CustomerRow, amountMinor: number) {
  return { amountMinor, currency };
}
