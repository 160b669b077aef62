import { Membership } from '../../../models/accounts/membership.js';
import type { Person } from '../../../models/accounts/person.js';
import { StaffMember } from '../../../models/accounts/staff-member.js';
import { User } from '../../../models/accounts/user.js';
import type { Area } from '../../middleware/sessions.js';

/** One of the two doors: whom it knows, where it leads, and who needs more than a password. */
export interface Entrance {
  readonly area: Area;
  readonly kind: Person['kind'];
  readonly page: string;
  /** Where the code is typed. */
  readonly codePage: string;
  /** Where a second factor is set up. */
  readonly enrolment: string;
  readonly home: string;
  /** By what was typed; nobody who is disabled, or who acts for no customer. */
  find(name: string): PromiseLike<Person | undefined>;
  demandsSecondFactor(person: Person): Promise<boolean>;
}

export const customerEntrance: Entrance = {
  area: 'customer',
  kind: 'user',
  page: '/sign-in',
  codePage: '/sign-in/code',
  enrolment: '/second-factor',
  home: '/',
  find: (name) =>
    User.query()
      .modify('enabled')
      .modify('known', name)
      .whereExists(Membership.query().whereColumn('memberships.userId', 'users.id'))
      .first(),
  demandsSecondFactor: async () => false,
};

export const staffEntrance: Entrance = {
  area: 'staff',
  kind: 'staff',
  page: '/staff/sign-in',
  codePage: '/staff/sign-in/code',
  enrolment: '/staff/second-factor',
  home: '/staff',
  find: (name) => StaffMember.query().modify('enabled').modify('known', name).first(),
  demandsSecondFactor: async () => true,
};
