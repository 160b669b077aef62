import { phrase } from '../../locales/phrases.js';
import type { AuditEntry } from '../../models/accounts/audit-entry.js';
import type { AuditFilter } from '../forms/staff/audit-filter.js';
import type { Cell } from './csv.js';
import { type ListOffer, type ListWish, presentList } from './list.js';
import { moment, type Reader } from './moments.js';
import { actionName, changesOf, modulesOf, subjectName, subjectOf, trailWords, whoOf } from './staff/audit-words.js';

export const trailOffer = {
  id: 'audit',
  address: '/account/audit',
  sorts: ['when'],
  usualDirection: 'desc',
  filters: ['all', 'user', 'staff', 'process', 'guest'],
  searchable: true,
  csv: '/account/audit.csv',
} as const satisfies ListOffer;

export interface TrailInput {
  readonly entries: readonly AuditEntry[];
  /** Of the people among the subjects. */
  readonly names: ReadonlyMap<string, string>;
  readonly count: number;
  readonly wish: ListWish<'when', (typeof trailOffer.filters)[number]>;
  readonly filter: AuditFilter;
  readonly shop: string;
}

/** For customers: whoever of the shop's staff acted did so for the shop, and what they noted is the shop's own. */
export function presentTrail(reader: Reader, { entries, names, count, wish, filter, shop }: TrailInput) {
  const { language } = reader;
  const { columns, filters } = trailWords(language, trailOffer.filters);
  const besides = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
  const list = presentList({ ...trailOffer, besides }, wish, { language, columns, filters, count });
  return {
    title: phrase(language, 'access:trail.title'),
    crumbs: [{ label: phrase(language, 'access:account.title'), address: '/account' }],
    filter,
    modules: modulesOf(language, filter.action),
    kept: list.kept.filter(({ name }) => !(name in filter)),
    narrowed: Object.keys(besides).length > 0,
    list,
    rows: entries.map((entry) => {
      const seen = seenBy(reader, entry, shop);
      return {
        when: moment(reader, entry.happenedAt),
        who: seen.who,
        address: seen.address,
        action: actionName(language, entry.action),
        subject: subjectOf(language, entry, names),
        subjectType: subjectName(language, entry.subjectType),
        changes: seen.changes,
      };
    }),
  };
}

export function trailCsvHead({ language }: Reader): string[] {
  const words = ['when', 'who', 'address', 'action', 'subjectType', 'subject', 'change'];
  return words.map((name) => phrase(language, `staff:audit.${name}`));
}

export function trailCells(
  reader: Reader,
  { entry, names }: { readonly entry: AuditEntry; readonly names: ReadonlyMap<string, string> },
  shop: string,
): Cell[] {
  const { who, address, changes } = seenBy(reader, entry, shop);
  const { language } = reader;
  const told = changes.map(({ field, before, after }) => `${field}: ${before ? `${before} → ` : ''}${after}`);
  const subject = subjectOf(language, entry, names);
  const what = actionName(language, entry.action);
  return [entry.happenedAt, who, address, what, subjectName(language, entry.subjectType), subject, told.join('; ')];
}

function seenBy(reader: Reader, entry: AuditEntry, shop: string) {
  const { language } = reader;
  if (entry.actorKind !== 'staff')
    return { who: whoOf(language, entry), address: entry.address, changes: changesOf(reader, entry) };
  return { who: phrase(language, 'access:trail.shop', { shop }), address: null, changes: [] };
}
