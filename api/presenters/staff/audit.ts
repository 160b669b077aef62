import { formatMoney } from '../../../locales/formats.js';
import { hasPhrase, phrase } from '../../../locales/phrases.js';
import type { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { Language } from '../../../rules/accounts/languages.js';
import type { AuditFilter } from '../../forms/staff/audit-filter.js';
import type { Cell } from '../csv.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import { moment, type Reader } from '../moments.js';

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
  readonly count: number;
  readonly wish: AuditWish;
  readonly filter: AuditFilter;
}

export function presentAudit(reader: Reader, { entries, count, wish, filter }: AuditInput) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `staff:audit.${key}`);
  const columns = [
    { label: says('when'), sort: 'when' as const },
    { label: says('who') },
    { label: says('action') },
    { label: says('subject') },
    { label: says('change') },
  ];
  const kinds = auditOffer.filters.map((kind) => [kind, { label: says(`kinds.${kind}`) }]);
  const filters = Object.fromEntries(kinds) as Record<(typeof auditOffer.filters)[number], { label: string }>;
  const besides = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
  const list = presentList({ ...auditOffer, besides }, wish, { language, columns, filters, count });
  return {
    title: says('title'),
    filter,
    kept: list.kept.filter(({ name }) => !(name in filter)),
    narrowed: Object.keys(besides).length > 0,
    list,
    rows: entries.map((entry) => ({
      when: moment(reader, entry.happenedAt),
      who: entry.actorName,
      kind: says(`kind.${entry.actorKind}`),
      address: entry.address,
      action: actionName(language, entry.action),
      code: entry.action,
      subject: entry.subjectId,
      subjectType: subjectName(language, entry.subjectType),
      changes: changesOf(language, entry),
    })),
  };
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

/** Rows keep words of every version there ever was; one that has no phrase any more is shown as it is. */
export function actionName(language: Language, action: string): string {
  const key = `staff:audit.actions.${action}`;
  return hasPhrase(language, key) ? phrase(language, key) : action;
}

function subjectName(language: Language, type: string): string {
  const key = `staff:audit.subjects.${type}`;
  return hasPhrase(language, key) ? phrase(language, key) : type;
}

/** Field by field: from what, to what; what did not change is left out. */
export function changesOf(language: Language, { before, after }: AuditEntry) {
  const was = new Map(Object.entries(before ?? {}));
  const is = new Map(Object.entries(after ?? {}));
  const fields = [...new Set([...was.keys(), ...is.keys()])];
  const changed = fields.filter((field) => JSON.stringify(was.get(field)) !== JSON.stringify(is.get(field)));
  return changed.map((field) => ({
    field,
    before: was.has(field) ? written(language, was.get(field)) : undefined,
    after: is.has(field) ? written(language, is.get(field)) : '–',
  }));
}

function written(language: Language, value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (isMoney(value)) return formatMoney(language, value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isMoney(value: unknown): value is { amountMinor: number; currency: string } {
  if (typeof value !== 'object' || value === null || !('amountMinor' in value && 'currency' in value)) return false;
  return typeof value.amountMinor === 'number' && /^[A-Z]{3}$/.test(String(value.currency));
}
