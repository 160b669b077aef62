import type { Response } from 'express';
import { knownPerson, type Person } from '../../../models/accounts/person.js';
import type { Area } from '../../middleware/sessions.js';
import type { Right } from '../../routing.js';

/** One of the two doors: whom it knows, and where it leads. */
export interface Entrance {
  readonly area: Area;
  readonly kind: Person['kind'];
  readonly page: string;
  /** Where the code is typed. */
  readonly codePage: string;
  /** Where a second factor is set up. */
  readonly enrolment: string;
  /** Where a new password is asked for. */
  readonly resetPage: string;
  /** What the links of letters lead to, before their token. */
  readonly setPasswordPage: string;
  readonly home: string;
  /** By what was typed; nobody who is disabled, or who acts for no customer. */
  find(name: string): PromiseLike<Person | undefined>;
}

export const customerEntrance: Entrance = {
  area: 'customer',
  kind: 'user',
  page: '/sign-in',
  codePage: '/sign-in/code',
  enrolment: '/second-factor',
  resetPage: '/password-reset',
  setPasswordPage: '/set-password',
  home: '/',
  find: (name) => knownPerson({ kind: 'user', name }),
};

export const staffEntrance: Entrance = {
  area: 'staff',
  kind: 'staff',
  page: '/staff/sign-in',
  codePage: '/staff/sign-in/code',
  enrolment: '/staff/second-factor',
  resetPage: '/staff/password-reset',
  setPasswordPage: '/staff/set-password',
  home: '/staff',
  find: (name) => knownPerson({ kind: 'staff', name }),
};

/** A person's own account, on either side. */
export function accountPageOf({ area }: Pick<Entrance, 'area'>): string {
  return area === 'staff' ? '/staff/account' : '/account';
}

/** Everybody's who is signed in. */
export function accountRightOf({ area }: Pick<Entrance, 'area'>): Right {
  return area === 'staff' ? { staff: 'overview:see' } : { section: 'account', level: 'visitor' };
}

/** Who is signed in, behind that right. */
export function personIn({ area }: Pick<Entrance, 'area'>, { locals }: Response): Person {
  return area === 'staff' ? locals.staff : locals.user;
}
