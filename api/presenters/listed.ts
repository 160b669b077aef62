import { phrase } from '../../locales/phrases.js';
import type { ContractChoice } from '../../models/listing.js';
import type { Narrowing } from '../forms/narrowing.js';
import { type ListOffer, type ListWish, presentList } from './list.js';
import type { Reader } from './moments.js';

/** A list whose words stand together in one place of the phrases: its columns' by their names, its filters' under `filters`. */
export interface ListedWords<Sort extends string, Filter extends string> {
  /** `orders:list` has `orders:list.number`, `orders:list.filters.open`, and `…from` for what days it is narrowed by. */
  readonly words: string;
  /** A name that is also a sort is sortable by it. */
  readonly columns: readonly (string | { name: string; sort?: Sort; number?: boolean; hidden?: boolean })[];
  readonly count: number;
  /** Where filters are not called as `filters` says. */
  readonly filterLabel?: (name: Filter) => string;
  /** How many each filter shows, where that is told. */
  readonly counts?: Readonly<Record<Filter, number>>;
  /** Without days where only the contract can be chosen. */
  readonly narrowing?: Partial<Narrowing>;
  /** A choice among one is none. */
  readonly contracts?: readonly ContractChoice[];
  /** What else it can be narrowed by, each as a select with its words; what was chosen stands in `besides`. */
  readonly choices?: readonly NarrowChoice[];
}

export interface NarrowChoice {
  readonly name: string;
  readonly label: string;
  /** The first is for nothing said. */
  readonly options: readonly { readonly value: string; readonly label: string; readonly chosen: boolean }[];
}

/** The `list` of `partials/list`, from names alone; narrowed to days and a contract where it offers that. */
export function presentListed<Sort extends string, Filter extends string>(
  { language }: Pick<Reader, 'language'>,
  offer: ListOffer<Sort, Filter>,
  wish: ListWish<Sort, Filter>,
  { words, columns, count, counts, filterLabel, narrowing, contracts = [], choices: others }: ListedWords<Sort, Filter>,
) {
  const says = (key: string) => phrase(language, `${words}.${key}`);
  const labelOf = filterLabel ?? ((name: Filter) => says(`filters.${name}`));
  const labelled = (offer.filters ?? []).map((name) => [
    name,
    { label: labelOf(name), ...(counts && { count: counts[name] }) },
  ]);
  const named = columns.map((column) => {
    const { name, ...looks } = typeof column === 'string' ? { name: column } : column;
    const sort = offer.sorts.find((each) => each === name);
    return { label: says(name), ...(sort && { sort }), ...looks };
  });
  const chosen = (others ?? []).flatMap(({ name, options }) => {
    const { value = '' } = options.find((option) => option.chosen) ?? {};
    return value ? [[name, value] as const] : [];
  });
  const besides = Object.fromEntries([
    ...Object.entries(narrowing ?? {}).filter(([, value]) => value !== ''),
    ...chosen,
  ]);
  const list = presentList({ ...offer, besides: { ...offer.besides, ...besides } }, wish, {
    language,
    columns: named,
    filters: Object.fromEntries(labelled) as Record<Filter, { label: string; count?: number }>,
    count,
  });
  const narrow = presentNarrow();
  return { ...list, narrow: narrow.days || narrow.contracts || others ? narrow : undefined };

  function presentNarrow() {
    const { from, until, contract = '' } = narrowing ?? {};
    const all = { value: '', label: phrase(language, 'frame:list.narrow.allContracts'), chosen: contract === '' };
    const each = contracts.map(({ id, name }) => ({ value: id, label: name, chosen: id === contract }));
    const kept = list.kept.filter(({ name }) => !(name in besides));
    const said = [...(wish.query ? [{ name: 'q', value: wish.query }] : []), ...kept];
    const query = new URLSearchParams(said.map(({ name, value }): [string, string] => [name, value])).toString();
    const choices = contracts.length > 1 ? [all, ...each] : undefined;
    const by = others ? 'more' : from === undefined ? 'contract' : choices ? 'titleContract' : 'title';
    return {
      title: phrase(language, `frame:list.narrow.${by}`),
      days: from === undefined ? undefined : { from, until, fromLabel: says('from') },
      contracts: choices,
      others,
      isNarrowed: Object.keys(besides).length > 0,
      kept: said,
      clear: query ? `${offer.address}?${query}` : offer.address,
    };
  }
}

/** A file's first line, by the same names. */
export function headOf({ language }: Pick<Reader, 'language'>, words: string, columns: readonly string[]): string[] {
  return columns.map((column) => phrase(language, `${words}.${column}`));
}
