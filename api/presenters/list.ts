import { numberFormat } from '../../locales/formatters.js';
import { phrase } from '../../locales/phrases.js';
import { COUNTED } from '../../models/listing.js';
import type { Language } from '../../rules/accounts/languages.js';

export const pageSizes = [10, 25, 50] as const;

/** What a list offers; everything a reader may ask of it by its address is named here, and nothing else is taken. */
export interface ListOffer<Sort extends string = string, Filter extends string = string> {
  /** The list's id in the page. */
  readonly id: string;
  /** The page's own address, without a query. */
  readonly address: string;
  /** Columns that may be sorted by; the first is the usual one. `-number` is from the last to the first. */
  readonly sorts: readonly [Sort, ...Sort[]];
  readonly usualDirection?: 'asc' | 'desc';
  /** The first is the usual one. */
  readonly filters?: readonly [Filter, ...Filter[]];
  readonly searchable?: boolean;
  /** Where all that matches is had as CSV. */
  readonly csv?: string;
  /** What else the page's address asks for: kept in every address of the list. */
  readonly besides?: Readonly<Record<string, string>>;
}

/** What the address asks for; anything odd in it counts as not said. */
export interface ListWish<Sort extends string = string, Filter extends string = string> {
  readonly query: string;
  readonly sort: Sort;
  readonly direction: 'asc' | 'desc';
  readonly filter: Filter | undefined;
  readonly page: number;
  readonly size: (typeof pageSizes)[number];
  /** For the database. */
  readonly offset: number;
  readonly limit: number;
}

/** Reads `?q=…&sort=-due&show=unpaid&page=2&size=25`. */
export function readListWish<Sort extends string, Filter extends string>(
  asked: Readonly<Record<string, unknown>>,
  offer: ListOffer<Sort, Filter>,
): ListWish<Sort, Filter> {
  const said = (name: string) => (typeof asked[name] === 'string' ? asked[name] : '');
  const column = said('sort').replace(/^-/, '');
  const sort = offer.sorts.find((name) => name === column);
  const size = pageSizes.find((each) => String(each) === said('size')) ?? pageSizes[0];
  const page = /^\d{1,6}$/.test(said('page')) ? Math.min(Math.max(Number(said('page')), 1), COUNTED / size) : 1;
  return {
    query: offer.searchable
      ? said('q')
          .replaceAll(/\p{Cc}/gu, '')
          .trim()
          .slice(0, 100)
      : '',
    sort: sort ?? offer.sorts[0],
    direction: sort ? (said('sort').startsWith('-') ? 'desc' : 'asc') : (offer.usualDirection ?? 'asc'),
    filter: offer.filters?.find((name) => name === said('show')) ?? offer.filters?.[0],
    page,
    size,
    offset: (page - 1) * size,
    limit: size,
  };
}

export interface ListWords<Sort extends string, Filter extends string> {
  readonly language: Language;
  /** In their order; one without `sort` is not sortable; `hidden` is for the column of actions. */
  readonly columns: readonly { label: string; sort?: Sort; number?: boolean; hidden?: boolean }[];
  readonly filters?: Readonly<Record<Filter, { label: string; count?: number }>>;
  /** How many match, on all pages; one more than `COUNTED` stands for all beyond. */
  readonly count: number;
}

/** The `list` of `partials/list`: every address in it keeps what else was asked for. */
export function presentList<Sort extends string, Filter extends string>(
  offer: ListOffer<Sort, Filter>,
  wish: ListWish<Sort, Filter>,
  { language, columns, filters, count }: ListWords<Sort, Filter>,
) {
  const to = (changes: Partial<ListWish<Sort, Filter>>) => addressOf(offer, { ...wish, page: 1, ...changes });
  const isMany = count > COUNTED;
  const shown = Math.min(count, COUNTED);
  const written = (value: number) => numberFormat(language).format(value);
  const total = written(shown);
  const last = Math.max(1, Math.ceil(shown / wish.size));
  const [first, final] = [wish.offset + 1, wish.offset + wish.size].map((each) => written(Math.min(each, shown)));
  const range = { from: first, to: final, total };
  return {
    id: offer.id,
    address: offer.address,
    searchable: offer.searchable,
    query: wish.query,
    kept: [...new URLSearchParams(queryOf(offer, { ...wish, query: '', page: 1 }))].map(([name, value]) => ({
      name,
      value,
    })),
    filters: offer.filters?.map((name) => ({
      ...filters?.[name],
      hasCount: filters?.[name].count !== undefined,
      address: to({ filter: name }),
      current: name === wish.filter,
    })),
    columns: columns.map(({ label, sort, number, hidden }) => {
      const sorted = sort !== undefined && sort === wish.sort;
      const direction = sorted && wish.direction === 'asc' ? 'desc' : 'asc';
      return {
        label,
        number,
        hidden,
        address: sort && to({ sort, direction }),
        sorted: sorted ? (wish.direction === 'asc' ? 'ascending' : 'descending') : undefined,
        arrow: wish.direction === 'asc' ? 'arrow-up' : 'arrow-down',
      };
    }),
    count,
    /** Beside a heading. */
    total: isMany ? `${total}+` : total,
    nothing: phrase(language, wish.query ? 'frame:list.nothingMatches' : 'frame:list.nothing', { query: wish.query }),
    clear: offer.address,
    csv: offer.csv && count > 0 ? withQuery(offer.csv, queryOf(offer, { ...wish, page: 1 })) : undefined,
    csvLabel: phrase(language, isMany ? 'frame:list.csvOfAll' : 'frame:list.csv', { total }),
    range: phrase(language, isMany ? 'frame:list.rangeOfMany' : 'frame:list.range', range),
    sizes:
      count > pageSizes[0]
        ? pageSizes.map((size) => ({ size, address: to({ size }), current: size === wish.size }))
        : undefined,
    pages:
      last > 1
        ? pagesAround(wish.page, last).map((page, at, all) => ({
            number: page,
            address: to({ page }),
            current: page === wish.page,
            afterGap: page - (all[at - 1] ?? 0) > 1,
          }))
        : undefined,
    previous: wish.page > 1 ? to({ page: wish.page - 1 }) : undefined,
    next: wish.page < last ? to({ page: wish.page + 1 }) : undefined,
  };
}

/** The first, the last, and two to each side; no gap takes the room of the one page that it hides. */
function pagesAround(page: number, last: number): number[] {
  const [from, to] = [page - 2 > 3 ? page - 2 : 1, page + 2 < last - 2 ? page + 2 : last];
  const near = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  return [...new Set([1, ...near, last])];
}

function addressOf<S extends string, F extends string>(offer: ListOffer<S, F>, wish: ListWish<S, F>): string {
  return withQuery(offer.address, queryOf(offer, wish));
}

/** What is as usual is not said, so that the plain address and the usual list are one. */
function queryOf<S extends string, F extends string>(offer: ListOffer<S, F>, wish: ListWish<S, F>): string {
  const query = new URLSearchParams(offer.besides);
  if (wish.query) query.set('q', wish.query);
  if (wish.filter !== undefined && wish.filter !== offer.filters?.[0]) query.set('show', wish.filter);
  if (wish.sort !== offer.sorts[0] || wish.direction !== (offer.usualDirection ?? 'asc'))
    query.set('sort', (wish.direction === 'desc' ? '-' : '') + wish.sort);
  if (wish.size !== pageSizes[0]) query.set('size', String(wish.size));
  if (wish.page > 1) query.set('page', String(wish.page));
  return query.toString();
}

function withQuery(address: string, query: string): string {
  return query ? `${address}?${query}` : address;
}
