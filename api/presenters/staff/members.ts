import { phrase } from '../../../locales/phrases.js';
import type { StaffMember } from '../../../models/accounts/staff-member.js';
import { moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';

export interface MembersInput {
  readonly members: readonly StaffMember[];
  /** Who has a second factor. */
  readonly secured: ReadonlySet<string | null>;
}

export function presentMembers(reader: Reader, { members, secured }: MembersInput) {
  const { language } = reader;
  return {
    title: phrase(language, 'access:members.title'),
    count: members.length,
    rows: members.map(({ id, name, email, role, lastSignInAt, lastSignInAddress, disabledAt }) => ({
      address: `/staff/members/${id}`,
      name,
      email,
      role: phrase(language, `frame:roles.${role}`),
      lastSeen: lastSignInAt ? moment(reader, lastSignInAt) : undefined,
      from: lastSignInAddress,
      factor: pill(language, 'secondFactor', secured.has(id) ? 'on' : 'off'),
      disabled: disabledAt !== null,
    })),
  };
}
