import type { Transaction } from 'objection';
import { AccountLetter } from './account-letter.js';
import { AccountLink } from './account-link.js';
import { AuditEntry, type Deed } from './audit-entry.js';
import { Membership } from './membership.js';
import { type Joined, tellOwners } from './owners-told.js';
import type { Person } from './person.js';
import { User } from './user.js';

export type NewUser = Pick<User, 'name' | 'email' | 'language' | 'timeZone'> & Partial<Pick<User, 'loginName'>>;

/**
 * Somebody new who acts for a customer, and the letter by which they choose a password. `unknowable` is the hash of a
 * password that nobody knows: until then nobody comes in. `letterId` is to be started at once, or is a minute later.
 */
export function makeUser(
  customer: Joined,
  { user: wanted, unknowable }: { readonly user: NewUser; readonly unknowable: string },
  deed: Deed,
): Promise<{ readonly user: User; readonly letterId: string }> {
  return User.transaction(async (trx) => {
    const user = await User.query(trx).insertAndFetch({ ...wanted, passwordHash: unknowable });
    await Membership.query(trx).insert({ userId: user.id, customerId: customer.id, role: 'owner' });
    const { name, email, loginName } = user;
    const subject = { subjectType: 'user', subjectId: user.id, customerId: customer.id };
    const after = { name, email, loginName, role: 'owner' };
    await AuditEntry.record({ ...deed, ...subject, action: 'user.made', after }, trx);
    const letter = await welcome(user, deed.happenedAt, trx);
    await tellOwners(customer, user, deed.happenedAt, trx);
    return { user, ...letter };
  });
}

/** Once more, for somebody who never set a password; the link of the letter before opens nothing any more. */
export function welcomeAgain(user: User, deed: Deed): Promise<{ readonly letterId: string }> {
  return User.transaction(async (trx) => {
    const subject = { subjectType: 'user', subjectId: user.id };
    await AuditEntry.record({ ...deed, ...subject, action: 'welcome.sent_again' }, trx);
    return welcome(user, deed.happenedAt, trx);
  });
}

/** By whoever holds a link that opens nothing any more: to the same mailbox, for the same purpose where that still stands. */
export function sendLinkAnew(
  person: Person,
  old: AccountLink,
  { address, happenedAt }: { readonly address: string; readonly happenedAt: Date },
): Promise<{ readonly letterId: string }> {
  return AccountLink.transaction(async (trx) => {
    const kind = old.purpose === 'welcome' && person.passwordChangedAt === null ? 'welcome' : 'reset';
    const { id: linkId } = await AccountLink.make(person, kind, happenedAt, trx);
    const about = { action: 'password.reset_asked', subjectType: person.kind, subjectId: person.id };
    await AuditEntry.record({ actorKind: 'guest', actorName: '?', address, happenedAt, ...about }, trx);
    return AccountLetter.promise(person, { kind, linkId, values: { address }, happenedAt }, trx);
  });
}

/** The letter with the link by which they choose their first password; any link before it opens nothing any more. */
export async function welcome(
  user: User,
  happenedAt: Date,
  trx: Transaction,
  values: { readonly brand?: string } = {},
): Promise<{ readonly letterId: string }> {
  const { id: linkId } = await AccountLink.make(user, 'welcome', happenedAt, trx);
  return AccountLetter.promise(user, { kind: 'welcome', linkId, happenedAt, values }, trx);
}
