import type { Transaction } from 'objection';
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

type Change = Partial<
  Pick<Person, 'passwordHash' | 'sessionsEndedAt' | 'lastSignInAt' | 'lastSignInAddress' | 'disabledAt'>
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
