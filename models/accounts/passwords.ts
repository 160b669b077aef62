import type { Transaction } from 'objection';
import { AccountLetter, type AccountLetterKind } from './account-letter.js';
import { AccountLink } from './account-link.js';
import { AuditEntry, type Deed } from './audit-entry.js';
import { type Person, type PersonKey, patchPerson } from './person.js';
import { endSessionsOf } from './session-ends.js';

/** By the letter's link, once. False where it opens nothing any more. */
export async function setPasswordByLink(
  link: AccountLink,
  person: Person,
  passwordHash: string,
  deed: Deed,
): Promise<boolean> {
  return AuditEntry.transaction(async (trx) => {
    if (!(await link.spend(deed.happenedAt, trx))) return false;
    await patchPerson(person, { passwordHash, passwordChangedAt: deed.happenedAt }, trx);
    await endSessionsOf(person, deed.happenedAt, trx);
    await record(person, { ...deed, action: 'password.set', after: { by: link.purpose } }, trx);
    if (link.purpose !== 'welcome') await tell(person, 'password_changed', deed, trx);
    return true;
  });
}

/** By the person, who knows the old one. False where it was changed since it was compared. */
export async function changeOwnPassword(person: Person, passwordHash: string, deed: Deed): Promise<boolean> {
  return AuditEntry.transaction(async (trx) => {
    const change = { passwordHash, passwordChangedAt: deed.happenedAt };
    if (!(await patchPerson(person, change, trx, { passwordHash: person.passwordHash }))) return false;
    await endSessionsOf(person, deed.happenedAt, trx);
    await AccountLink.replaceAll(person, deed.happenedAt, trx);
    await record(person, { ...deed, action: 'password.changed' }, trx);
    await tell(person, 'password_changed', deed, trx);
    return true;
  });
}

/**
 * By staff, for somebody who lost it or whose password is known to others: the old one opens nothing from this moment,
 * and a letter brings the link. `unknowable` is the hash of a password that nobody knows.
 */
export async function resetPasswordOf(person: Person, unknowable: string, deed: Deed): Promise<{ letterId: string }> {
  return AuditEntry.transaction(async (trx) => {
    await patchPerson(person, { passwordHash: unknowable, passwordChangedAt: null }, trx);
    await endSessionsOf(person, deed.happenedAt, trx);
    await record(person, { ...deed, action: 'password.reset' }, trx);
    const { id: linkId } = await AccountLink.make(person, 'staff_reset', deed.happenedAt, trx);
    return AccountLetter.promise(person, { kind: 'staff_reset', linkId, happenedAt: deed.happenedAt }, trx);
  });
}

async function record(
  { kind, id }: PersonKey,
  entry: Deed & { readonly action: string; readonly after?: object },
  trx: Transaction,
): Promise<void> {
  await AuditEntry.record({ ...entry, subjectType: kind, subjectId: id }, trx);
}

async function tell(
  person: PersonKey,
  kind: AccountLetterKind,
  { address, happenedAt }: Deed,
  trx: Transaction,
): Promise<void> {
  await AccountLetter.promise(person, { kind, values: address ? { address } : {}, happenedAt }, trx);
}
