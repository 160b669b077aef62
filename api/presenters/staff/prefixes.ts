import { phrase } from '../../../locales/phrases.js';
import type { AddressHolding } from '../../../models/network/prefix-holdings.js';
import { type PrefixRow, prefixFilters, prefixSorts } from '../../../models/network/prefix-search.js';
import { type Block, blockOf, spanOf, within } from '../../../rules/network/blocks.js';
import { utilisationOf } from '../../../rules/network/utilisation.js';
import type { Cell } from '../csv.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import type { Reader } from '../moments.js';
import { presentHolding } from './prefix-rows.js';

export const prefixesOffer = {
  id: 'prefixes',
  address: '/staff/prefixes',
  sorts: prefixSorts,
  filters: prefixFilters,
  searchable: true,
  csv: '/staff/prefixes.csv',
} as const satisfies ListOffer;

type Filter = (typeof prefixFilters)[number];
export type PrefixesWish = ListWish<(typeof prefixSorts)[number], Filter>;

export interface PrefixesInput {
  readonly rows: readonly PrefixRow[];
  readonly count: number;
  readonly wish: PrefixesWish;
  /** Who has what was asked for, where that was an address or a block. */
  readonly holdings: readonly AddressHolding[] | undefined;
  readonly mayChange: boolean;
}

/** `203.0.113.0/25` as a part of an address: `203.0.113.0-25`. */
export function addressOfPrefix(block: string): string {
  return `/staff/prefixes/${block.replace('/', '-')}`;
}

export function presentPrefixes(reader: Reader, { rows, count, wish, holdings, mayChange }: PrefixesInput) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `inventory:prefixes.${key}`);
  const columns = [
    { label: says('prefix'), sort: 'block' as const },
    { label: says('site'), sort: 'site' as const },
    { label: says('vlan') },
    { label: says('assigned'), number: true },
    { label: says('reserved'), number: true },
    { label: says('resting'), number: true },
    { label: says('free'), number: true },
    { label: says('use') },
  ];
  const filters = Object.fromEntries(prefixFilters.map((name) => [name, { label: says(`purposes.${name}`) }]));
  const shown = filters as Record<Filter, { label: string }>;
  return {
    title: says('title'),
    mayChange,
    nothingYet: count === 0 && !wish.query && wish.filter === 'all',
    answer: answerOf(reader, wish.query, rows, holdings),
    list: presentList(prefixesOffer, wish, { language, columns, filters: shown, count }),
    rows: rows.map((row) => ({
      block: row.block,
      address: addressOfPrefix(row.block),
      purpose: says(`purposes.${row.purpose}`),
      site: row.site,
      city: row.city,
      vlan: row.vlan,
      vlanName: row.vlanName,
      ...presentUse(reader, row),
    })),
  };
}

/** Counts and bar of a prefix, in the reader's figures. */
export function presentUse({ language }: Reader, row: PrefixRow) {
  const { capacity, free, perMille } = utilisationOf(row);
  const figure = (value: number) => new Intl.NumberFormat(language).format(value);
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(
    perMille / 1_000,
  );
  return {
    assigned: figure(row.assigned),
    reserved: figure(row.reserved),
    resting: figure(row.resting),
    free: figure(free),
    capacity: figure(capacity),
    unit: phrase(language, `inventory:prefixes.unit.${row.purpose === 'ipv6' ? 'networks' : 'addresses'}`),
    percent,
    perMille,
    tone: perMille >= 950 ? 'bad' : perMille >= 800 ? 'warn' : 'ok',
    bar: phrase(language, 'inventory:prefixes.usedPercent', { percent }),
  };
}

/** What is known of the address or block that was asked for; nothing where it was none. */
function answerOf(
  reader: Reader,
  query: string,
  rows: readonly PrefixRow[],
  holdings: readonly AddressHolding[] | undefined,
) {
  const block = blockOf(query);
  if (!block || !holdings) return undefined;
  const says = (key: string) => phrase(reader.language, `inventory:answer.${key}`, { block: block.text });
  const prefix = rows.find((row) => within(block, spanOf(row.block)));
  const state = stateOf(block, prefix, rows.length > 0, holdings);
  return {
    title: block.text,
    sentence: says(state),
    rows: holdings.map((holding) => presentHolding(reader, holding)),
    past: prefix && {
      address: `${addressOfPrefix(prefix.block)}?${new URLSearchParams({ q: block.text, show: 'past' })}`,
      label: says('past'),
    },
    reserve:
      prefix && state === 'free'
        ? `${addressOfPrefix(prefix.block)}?${new URLSearchParams({ reserve: block.text })}#reserve`
        : undefined,
  };
}

function stateOf(
  block: Block,
  prefix: PrefixRow | undefined,
  known: boolean,
  holdings: readonly AddressHolding[],
): string {
  if (holdings.length > 0) return holdings.length === 1 ? (holdings[0]?.state ?? 'several') : 'several';
  if (!prefix) return known ? 'larger' : 'foreign';
  if (prefix.gateway === block.text) return 'gateway';
  const whole = spanOf(prefix.block);
  const single = block.first + 1n === block.end;
  const edge = single && prefix.purpose === 'shared' && (block.first === whole.first || block.end === whole.end);
  return edge ? 'edge' : 'free';
}

const csvColumns = [
  'prefix',
  'purpose',
  'site',
  'vlan',
  'gateway',
  'capacity',
  'assigned',
  'reserved',
  'resting',
].concat(['free', 'utilisation']);

export function prefixesCsvHead({ language }: Reader): string[] {
  return csvColumns.map((name) => phrase(language, `inventory:prefixes.${name}`));
}

/** As registries ask for it: utilisation in per cent of what could be given out. */
export function prefixCells({ language }: Reader, row: PrefixRow): Cell[] {
  const { capacity, free, perMille } = utilisationOf(row);
  const purpose = phrase(language, `inventory:prefixes.purposes.${row.purpose}`);
  const { block, site, vlan, gateway, assigned, reserved, resting } = row;
  return [block, purpose, site, vlan, gateway, capacity, assigned, reserved, resting, free, perMille / 10];
}
