import { phrase } from '../../../locales/phrases.js';
import type { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { AuditFilter } from '../../forms/staff/audit-filter.js';
import type { Cell } from '../csv.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import { moment, type Reader } from '../moments.js';
import { actionName, changesOf, modulesOf, subjectName, subjectOf, trailWords, whoOf } from './audit-words.js';

export const auditOffer = {
  id: 'audit',
  address: '/staff/audit',
  sorts: ['when'],
  usualDirection: 'desc',
  filters: ['all', 'staff', 'user', 'process', 'guest'],
  searchable: true,
  csv: '/staff/audit.csv',
} as const satisfies ListOffer;

export type AuditWish = ListWish<'when', (typeof auditOffer.filters)[number]>;

export interface AuditInput {
  readonly entries: readonly AuditEntry[];
  /** Of the people among the subjects. */
  readonly names: ReadonlyMap<string, string>;
  readonly count: number;
  readonly wish: AuditWish;
  readonly filter: AuditFilter;
}

export function presentAudit(reader: Reader, { entries, names, count, wish, filter }: AuditInput) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `staff:audit.${key}`);
  const { columns, filters } = trailWords(language, auditOffer.filters);
  const besides = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
  const list = presentList({ ...auditOffer, besides }, wish, { language, columns, filters, count });
  return {
    title: says('title'),
    filter,
    modules: modulesOf(language, filter.action),
    kept: list.kept.filter(({ name }) => !(name in filter)),
    narrowed: Object.keys(besides).length > 0,
    list,
    rows: entries.map((entry) => ({
      when: moment(reader, entry.happenedAt),
      who: whoOf(language, entry),
      kind: says(`kind.${entry.actorKind}`),
      address: entry.address,
      action: actionName(language, entry.action),
      code: entry.action,
      subject: subjectOf(language, entry, names),
      subjectAddress: addressOf(entry),
      subjectType: subjectName(language, entry.subjectType),
      changes: changesOf(reader, entry),
    })),
  };
}

/** The page of what it was done to, where staff have one. */
const pages: Readonly<Record<string, string>> = {
  order: '/staff/orders',
  customer: '/staff/customers',
  user: '/staff/users',
  staff: '/staff/members',
};

function addressOf({ subjectType, subjectId }: AuditEntry): string | undefined {
  const page = pages[subjectType];
  return page && subjectId !== '?' ? `${page}/${encodeURIComponent(subjectId)}` : undefined;
}

export function auditCsvHead({ language }: Reader): string[] {
  const names = ['when', 'kindLabel', 'who', 'address', 'action', 'subjectType', 'subject', 'before', 'after'];
  return names.map((name) => phrase(language, `staff:audit.${name}`));
}

/** As it stands in the table, so that nothing of the evidence is rounded off. */
export function auditCells(entry: AuditEntry): Cell[] {
  const { happenedAt, actorKind, actorName, address, action, subjectType, subjectId, before, after } = entry;
  const written = (values: object | null) => values && JSON.stringify(values);
  return [happenedAt, actorKind, actorName, address, action, subjectType, subjectId, written(before), written(after)];
}
