import { refusingConstraint } from '../refused-by.js';
import { AccountLetter } from './account-letter.js';
import { AuditEntry, type Deed } from './audit-entry.js';
import { Membership } from './membership.js';
import { type Joined, tellOwners } from './owners-told.js';
import { wasWelcomed } from './person.js';
import { User } from './user.js';
import { makeUser, type NewUser, welcome } from './welcome.js';

export type PersonAdded =
  | { readonly user: User; readonly how: 'made' | 'joined'; readonly letterId?: string }
  | { readonly field: 'email'; readonly problem: 'member' | 'disabled' }
  | { readonly field: 'loginName'; readonly problem: 'taken' };

/** So soon after the first, the same form is the same click. */
const TWICE_WITHIN_MS = 60_000;

/**
 * Somebody who acts for a customer from now on. An e-mail address that already has a login joins that login, as it is,
 * to the customer: nobody gets a second identity, and nobody's name or language is changed from here.
 */
export async function addPerson(
  customer: Joined,
  wanted: { readonly user: NewUser; readonly unknowable: string },
  deed: Deed,
): Promise<PersonAdded> {
  const withAddress = () => User.query().whereRaw('lower(email) = lower(?)', [wanted.user.email]).first();
  const known = await withAddress();
  if (known) return join(customer, known, deed);
  try {
    return { ...(await makeUser(customer, wanted, deed)), how: 'made' };
  } catch (error) {
    const refusing = refusingConstraint(error);
    if (refusing !== 'users_email' && refusing !== 'users_login_name') throw error;
    const madeMeanwhile = await withAddress();
    return madeMeanwhile ? join(customer, madeMeanwhile, deed) : { field: 'loginName', problem: 'taken' };
  }
}

/** Whoever has no password yet is welcomed once more: the letter before may be old. */
async function join(joined: Joined, user: User, deed: Deed): Promise<PersonAdded> {
  const { id, name: customer, brandId: brand } = joined;
  if (user.disabledAt) return { field: 'email', problem: 'disabled' };
  const { happenedAt } = deed;
  try {
    return await Membership.transaction(async (trx) => {
      await Membership.query(trx).insert({ userId: user.id, customerId: id, role: 'owner' });
      const about = { action: 'user.joined', subjectType: 'user', subjectId: user.id, customerId: id };
      const after = { name: user.name, email: user.email, role: 'owner' };
      await AuditEntry.record({ ...deed, ...about, after }, trx);
      const told = { kind: 'joined', values: { customer, brand }, happenedAt } as const;
      const letter = await (wasWelcomed(user)
        ? AccountLetter.promise(user, told, trx)
        : welcome(user, happenedAt, trx, { brand }));
      await tellOwners(joined, user, happenedAt, trx);
      return { user, how: 'joined', ...letter };
    });
  } catch (error) {
    if (refusingConstraint(error) !== 'memberships_pkey') throw error;
    return (await justAdded(id, user, deed)) ?? { field: 'email', problem: 'member' };
  }
}

/** A second click shows whom the first one added. */
async function justAdded(customerId: string, user: User, deed: Deed): Promise<PersonAdded | undefined> {
  const { actorId = null, happenedAt } = deed;
  const entry = await AuditEntry.query()
    .where({ customerId, subjectId: user.id, actorId })
    .whereIn('action', ['user.made', 'user.joined'])
    .where('happenedAt', '>', new Date(happenedAt.getTime() - TWICE_WITHIN_MS))
    .modify('newestFirst')
    .first();
  return entry && { user, how: entry.action === 'user.made' ? 'made' : 'joined' };
}
