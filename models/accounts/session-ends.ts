import type { Knex } from 'knex';
import type { Transaction } from 'objection';
import { AuditEntry, type Deed } from './audit-entry.js';
import { type PersonKey, patchPerson } from './person.js';

const tables: Readonly<Record<PersonKey['kind'], string>> = { user: 'sessions', staff: 'staff_sessions' };

/**
 * Signs a person out everywhere, together with what made it necessary. The rows go, and the moment is kept: a request
 * that is under way writes its session once more, and must not bring it back.
 */
export async function endSessionsOf(person: PersonKey, at: Date, trx: Transaction): Promise<void> {
  await patchPerson(person, { sessionsEndedAt: at }, trx);
  await trx.raw(`DELETE FROM ?? WHERE sess ->> 'personId' = ?`, [tables[person.kind], person.id]);
}

/** In how many browsers a person is signed in now. */
export async function countSessionsOf({ kind, id }: PersonKey, knex: Knex): Promise<number> {
  const [counted] = await knex(tables[kind]).whereRaw(`sess ->> 'personId' = ? AND expire > now()`, [id]).count();
  return Number(counted?.count ?? 0);
}

/** A person leaves all browsers at once, by their own wish. */
export function signOutEverywhere(person: PersonKey, deed: Deed): Promise<void> {
  return AuditEntry.transaction(async (trx) => {
    await endSessionsOf(person, deed.happenedAt, trx);
    const subject = { subjectType: person.kind, subjectId: person.id };
    await AuditEntry.record({ ...deed, ...subject, action: 'sessions.ended' }, trx);
  });
}
