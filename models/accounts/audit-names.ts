import { Model } from 'objection';
import type { AuditEntry } from './audit-entry.js';

/** What people are called to whom something was done; entries know them by their keys. One statement. */
export async function namesOfSubjects(entries: readonly AuditEntry[]): Promise<ReadonlyMap<string, string>> {
  const ids = (type: string) => [
    ...new Set(entries.filter(({ subjectType }) => subjectType === type).map(({ subjectId }) => subjectId)),
  ];
  const [users, staff] = [ids('user'), ids('staff')];
  if (users.length + staff.length === 0) return new Map();
  const { rows } = await Model.knex().raw<{ rows: { id: string; name: string }[] }>(
    `SELECT id::text, name FROM users WHERE id::text = ANY(?)
     UNION ALL SELECT id::text, name FROM staff_members WHERE id::text = ANY(?)`,
    [users, staff],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
