import type { Transaction } from 'objection';
import { Brand } from './brand.js';
import { Membership } from './membership.js';
import { StaffMember } from './staff-member.js';
import { User } from './user.js';

/** Somebody who signs in: a customer's user, or one of the staff. */
export type Person = User | StaffMember;

/** Which of the two, and who. */
export type PersonKey = Pick<Person, 'kind' | 'id'>;

/** The columns by which a row belongs to one person of either kind. */
export function belongingTo({ kind, id }: PersonKey): { userId: string | null; staffMemberId: string | null } {
  return kind === 'user' ? { userId: id, staffMemberId: null } : { userId: null, staffMemberId: id };
}

/** To whom a row with those columns belongs. */
export function ownerOf({ userId, staffMemberId }: ReturnType<typeof belongingTo>): PersonKey {
  return userId === null ? { kind: 'staff', id: staffMemberId ?? '' } : { kind: 'user', id: userId };
}

/** The person themself, unless disabled. */
export async function enabledPerson({ kind, id }: PersonKey): Promise<Person | undefined> {
  if (kind === 'user') return User.query().modify('enabled').findById(id);
  return StaffMember.query().modify('enabled').findById(id);
}

/** The person, disabled or not. */
export async function readPerson({ kind, id }: PersonKey): Promise<Person | undefined> {
  return kind === 'user' ? User.query().findById(id) : StaffMember.query().findById(id);
}

/** Whether they chose a password or came in with one: then a welcome would only astonish them. */
export function wasWelcomed({ passwordChangedAt, lastSignInAt }: Person): boolean {
  return passwordChangedAt !== null || lastSignInAt !== null;
}

/** By what they sign in with; nobody who is disabled, or who acts for no customer. */
export async function knownPerson({ kind, name }: { kind: Person['kind']; name: string }): Promise<Person | undefined> {
  if (kind === 'staff') return StaffMember.query().modify('enabled').modify('known', name).first();
  const acting = Membership.query().whereColumn('memberships.userId', 'users.id');
  return User.query().modify('enabled').modify('known', name).whereExists(acting).first();
}

/** Whose name stands on what they read: the one named, or the brand of the customer they act for; for staff the shop's first. */
export async function brandFor({ kind, id }: PersonKey, named?: string): Promise<Brand> {
  const brands = Brand.query().withGraphFetched('legalEntity').orderBy('host');
  if (named !== undefined) return brands.findById(named).throwIfNotFound();
  if (kind === 'staff') return brands.first().throwIfNotFound();
  const customers = Membership.relatedQuery('customer').for(Membership.query().where({ userId: id }));
  return (await brands.clone().whereIn('id', customers.select('brandId')).first()) ?? brands.first().throwIfNotFound();
}

/** One change of a person's account at a time. */
export async function lockPerson({ kind, id }: PersonKey, trx: Transaction): Promise<void> {
  if (kind === 'user') await User.query(trx).findById(id).select('id').forUpdate();
  else await StaffMember.query(trx).findById(id).select('id').forUpdate();
}

type Change = Partial<
  Pick<Person, 'passwordHash' | 'passwordChangedAt' | 'sessionsEndedAt' | 'lastSignInAt' | 'lastSignInAddress'>
>;

/** Writes what both kinds of people have; false where the row is not as it must be. */
export async function patchPerson(
  { kind, id }: PersonKey,
  change: Change,
  trx: Transaction,
  asItMustBe: Change = {},
): Promise<boolean> {
  const patched =
    kind === 'user'
      ? await User.query(trx).findById(id).where(asItMustBe).patch(change)
      : await StaffMember.query(trx).findById(id).where(asItMustBe).patch(change);
  return patched === 1;
}
