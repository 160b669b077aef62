import type { Request } from 'express';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import { Membership } from '../../../models/accounts/membership.js';
import { StaffMember } from '../../../models/accounts/staff-member.js';
import { User } from '../../../models/accounts/user.js';
import type { Area } from '../../middleware/sessions.js';

interface Person {
  readonly id: string;
  readonly name: string;
  readonly passwordHash: string;
}

/** One of the two doors: whom it knows, and where it leads. */
export interface Entrance {
  readonly area: Area;
  readonly page: string;
  readonly home: string;
  /** By what was typed; nobody who is disabled, or who acts for no customer. */
  find(name: string): PromiseLike<Person | undefined>;
  admitted(person: Person, request: Request, now: Date): Promise<void>;
}

export const customerEntrance: Entrance = {
  area: 'customer',
  page: '/sign-in',
  home: '/',
  find: (name) =>
    User.query()
      .modify('enabled')
      .modify('known', name)
      .whereExists(Membership.query().whereColumn('memberships.userId', 'users.id'))
      .first(),
  admitted: ({ id, name }, { ip = '' }, now) =>
    User.transaction(async (trx) => {
      await User.query(trx).findById(id).patch({ lastSignInAt: now, lastSignInAddress: ip });
      await AuditEntry.record(
        { ...signedIn(id, ip, now), actorKind: 'user', actorName: name, subjectType: 'user' },
        trx,
      );
    }),
};

export const staffEntrance: Entrance = {
  area: 'staff',
  page: '/staff/sign-in',
  home: '/staff',
  find: (name) => StaffMember.query().modify('enabled').modify('known', name).first(),
  admitted: ({ id, name }, { ip = '' }, now) =>
    StaffMember.transaction(async (trx) => {
      await StaffMember.query(trx).findById(id).patch({ lastSignInAt: now, lastSignInAddress: ip });
      await AuditEntry.record(
        { ...signedIn(id, ip, now), actorKind: 'staff', actorName: name, subjectType: 'staff' },
        trx,
      );
    }),
};

/**
 * One row whoever was named, so that the work does not say who exists. A name nobody has is not kept: now and then it
 * is a password, typed into the wrong field.
 */
export function recordRefusal(
  { area }: Entrance,
  person: Person | undefined,
  { ip = '' }: Request,
  now: Date,
): Promise<void> {
  return AuditEntry.record({
    actorKind: 'guest',
    actorName: person?.name ?? '?',
    action: 'sign_in.refused',
    subjectType: area === 'staff' ? 'staff' : 'user',
    subjectId: person?.id ?? '?',
    address: ip,
    happenedAt: now,
  });
}

function signedIn(id: string, address: string, happenedAt: Date) {
  return { actorId: id, action: 'sign_in.done', subjectId: id, address, happenedAt };
}
