import { phrase } from '../../../locales/phrases.js';
import { type AddressHolding, holdingFilters } from '../../../models/network/prefix-holdings.js';
import type { PrefixRow } from '../../../models/network/prefix-search.js';
import type { MomentFilter } from '../../forms/staff/prefix.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import { moment, type Reader } from '../moments.js';
import { presentHolding } from './prefix-rows.js';
import { addressOfPrefix, presentUse } from './prefixes.js';

type Filter = (typeof holdingFilters)[number];
export type HoldingsWish = ListWish<'block', Filter>;

export function holdingsOffer(block: string) {
  const address = addressOfPrefix(block);
  const filters = holdingFilters;
  return {
    ...{ id: 'holdings', address, sorts: ['block'], filters, searchable: true, csv: `${address}/report.csv` },
  } as const satisfies ListOffer<'block', Filter>;
}

export interface PrefixPageInput {
  readonly prefix: PrefixRow;
  readonly rows: readonly AddressHolding[];
  readonly counts: Readonly<Record<Filter, number>>;
  readonly wish: HoldingsWish;
  readonly at: MomentFilter;
  readonly mayChange: boolean;
  readonly mayReadAudit: boolean;
  readonly typed: Readonly<Record<string, string>>;
  /** Fields of the reservation's form, with the phrase `inventory:reserve.wrong.<problem>`. */
  readonly wrong: readonly { readonly field: string; readonly problem: string }[];
}

/** A prefix's page: how much of it is what, and who has or had it. */
export function presentPrefix(reader: Reader, input: PrefixPageInput) {
  const { prefix, rows, counts, wish, at, mayChange, mayReadAudit, typed } = input;
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `inventory:prefix.${key}`, values);
  const offer = holdingsOffer(prefix.block);
  const problems = new Map(
    input.wrong.map(({ field, problem }) => [field, phrase(language, `inventory:reserve.wrong.${problem}`)]),
  );
  return {
    title: prefix.block,
    crumbs: [{ label: phrase(language, 'inventory:prefixes.title'), address: '/staff/prefixes' }],
    sub: says(`meaning.${prefix.purpose}`),
    facts: factsOf(reader, prefix),
    use: presentUse(reader, prefix),
    audit: mayReadAudit ? `/staff/audit?${new URLSearchParams({ q: prefix.block })}` : undefined,
    at: at.typed,
    heldAt: at.moment && says('heldAt', { at: moment(reader, at.moment).text }),
    ...listOf(reader, offer, input),
    address: offer.address,
    rows: rows.map((holding) => ({
      ...presentHolding(reader, holding),
      release:
        mayChange && holding.state === 'reserved' && !at.moment
          ? `${offer.address}/reservations/${holding.id}`
          : undefined,
    })),
    reserve: mayChange && {
      action: `${offer.address}/reservations`,
      block: typed.block,
      justification: typed.justification,
      blockError: problems.get('block'),
      justificationError: problems.get('justification'),
      errors: problems.size ? [...problems].map(([field, text]) => ({ field, text })) : undefined,
    },
    nothingYet: counts.now + counts.past === 0 && !wish.query && !at.moment,
  };
}

function listOf({ language }: Reader, offer: ReturnType<typeof holdingsOffer>, { counts, wish, at }: PrefixPageInput) {
  const says = (key: string) => phrase(language, `inventory:holding.${key}`);
  const columns = [
    { label: says('block') },
    { label: says('state') },
    { label: says('holder') },
    { label: says('why') },
    { label: says('from') },
    { label: says('until') },
    { label: says('act'), hidden: true },
  ];
  const filters = Object.fromEntries(
    holdingFilters.map((name) => [name, { label: says(`show.${name}`), count: counts[name] }]),
  ) as Record<Filter, { label: string; count: number }>;
  const besides: Record<string, string> = at.typed && at.moment ? { at: at.typed } : {};
  const count = at.moment ? counts.now + counts.past : counts[wish.filter ?? 'now'];
  const list = presentList({ ...offer, besides }, wish, { language, columns, filters, count });
  return {
    list: at.moment ? { ...list, filters: undefined } : list,
    kept: list.kept.filter(({ name }) => name !== 'at'),
  };
}

function factsOf({ language }: Reader, { purpose, site, city, vlan, vlanName, gateway }: PrefixRow) {
  const says = (key: string) => phrase(language, `inventory:prefixes.${key}`);
  return [
    { label: says('purpose'), value: says(`purposes.${purpose}`) },
    { label: says('site'), value: site, sub: city },
    ...(vlan === null ? [] : [{ label: says('vlan'), value: String(vlan), sub: vlanName }]),
    ...(gateway === null ? [] : [{ label: says('gateway'), value: gateway, mono: true }]),
  ];
}
