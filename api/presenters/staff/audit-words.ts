import { formatMoney } from '../../../locales/formats.js';
import { hasPhrase, phrase } from '../../../locales/phrases.js';
import type { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { day, moment, type Reader } from '../moments.js';

/** What an action's name may begin with: the part of the house in which it was done. */
const modules = [
  'sign_in',
  'sessions',
  'password',
  'second_factor',
  'recovery_codes',
  'user',
  'welcome',
  'account_rules',
  'order',
  'invoice',
  'collection_batch',
  'retry_schedule',
  'service',
  'login_data',
  'server',
  'installation',
  'power',
  'prefix',
  'address',
  'switch',
  'staff_task',
  'stop',
  'books',
] as const;

/** The columns of a trail, and its filters by who acted. */
export function trailWords<Kind extends string>(language: Language, kinds: readonly Kind[]) {
  const says = (key: string) => phrase(language, `staff:audit.${key}`);
  const columns = [
    { label: says('when'), sort: 'when' as const },
    { label: says('who') },
    { label: says('action') },
    { label: says('subject') },
    { label: says('change') },
  ];
  const filters = Object.fromEntries(kinds.map((kind) => [kind, { label: says(`kinds.${kind}`) }]));
  return { columns, filters: filters as Record<Kind, { label: string }> };
}

/** For the choice of a module; what an address asks for besides stays asked for. */
export function modulesOf(language: Language, asked: string) {
  const says = (module: string) => phrase(language, `staff:audit.modules.${module}`);
  const known = modules.map((module) => ({ value: module, label: says(module), chosen: module === asked }));
  const other = asked !== '' && !known.some(({ chosen }) => chosen);
  return [
    { value: '', label: says('all'), chosen: asked === '' },
    ...known,
    ...(other ? [{ value: asked, label: asked, chosen: true }] : []),
  ];
}

/** Nobody's name is kept of somebody who was not let in; a process goes by the name that lists give it. */
export function whoOf(
  language: Language,
  { actorKind, actorName }: Pick<AuditEntry, 'actorKind' | 'actorName'>,
): string {
  if (actorName === '?') return phrase(language, 'staff:audit.somebody');
  const process = `staff:workflows.kind.${actorName}`;
  return actorKind === 'process' && hasPhrase(language, process) ? phrase(language, process) : actorName;
}

/** Rows keep words of every version there ever was; one that has no phrase any more is shown as it is. */
export function actionName(language: Language, action: string): string {
  const key = `staff:audit.actions.${action}`;
  return hasPhrase(language, key) ? phrase(language, key) : action;
}

export function subjectName(language: Language, type: string): string {
  const key = `staff:audit.subjects.${type}`;
  return hasPhrase(language, key) ? phrase(language, key) : type;
}

/** Of what concerns the whole shop: where the word for it stands. */
const ofTheShop: Readonly<Record<string, (subjectId: string) => string>> = {
  retry_schedule: () => 'staff:audit.failedPayments',
  stop: (kind) => `stops:kind.${kind}`,
};

/** `names`: of those that are kept by an id. */
export function subjectOf(
  language: Language,
  { subjectType, subjectId }: Pick<AuditEntry, 'subjectType' | 'subjectId'>,
  names: ReadonlyMap<string, string>,
): string {
  const key = ofTheShop[subjectType]?.(subjectId);
  return key && hasPhrase(language, key) ? phrase(language, key) : (names.get(subjectId) ?? subjectId);
}

/** Field by field: from what, to what; what did not change is left out. */
export function changesOf(reader: Reader, { before, after, subjectType }: AuditEntry) {
  const was = new Map(Object.entries(before ?? {}));
  const is = new Map(Object.entries(after ?? {}));
  const fields = [...new Set([...was.keys(), ...is.keys()])];
  const changed = fields.filter((field) => JSON.stringify(was.get(field)) !== JSON.stringify(is.get(field)));
  return changed.map((field) => ({
    key: field,
    field: fieldName(reader.language, field),
    before: was.has(field) ? stateOr(reader, subjectType, field, was.get(field)) : undefined,
    after: is.has(field) ? stateOr(reader, subjectType, field, is.get(field)) : '–',
  }));
}

function fieldName(language: Language, field: string): string {
  const key = `staff:audit.fields.${field}`;
  return hasPhrase(language, key) ? phrase(language, key) : field;
}

/** A state by its word, where the field has a few known ones; anything else as it stands. */
function stateOr(reader: Reader, subjectType: string, field: string, value: unknown): string {
  const { language } = reader;
  const kind = subjectType === 'server' ? 'machine' : subjectType;
  const key = field === 'status' ? `states:${kind}.${value}` : `staff:audit.values.${field}.${value}`;
  const isState = typeof value === 'string' && /^[a-z_]+$/.test(value) && hasPhrase(language, key);
  return isState ? phrase(language, key) : written(reader, value);
}

/** Rows keep instants and days as text; people read them as dates of their own zone. */
function written(reader: Reader, value: unknown): string {
  const { language } = reader;
  if (typeof value === 'boolean') return phrase(language, `staff:audit.${value ? 'yes' : 'no'}`);
  if (value === null || value === undefined || value === '') return '–';
  if (isMoney(value)) return formatMoney(language, value);
  if (typeof value === 'string' && instant.test(value)) return moment(reader, new Date(value)).text;
  if (typeof value === 'string' && calendarDay.test(value)) return day(reader, value).text;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const instant = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/;
const calendarDay = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

function isMoney(value: unknown): value is { amountMinor: number; currency: string } {
  if (typeof value !== 'object' || value === null || !('amountMinor' in value && 'currency' in value)) return false;
  return typeof value.amountMinor === 'number' && /^[A-Z]{3}$/.test(String(value.currency));
}
