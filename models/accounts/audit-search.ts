import { type QueryBuilder, raw } from 'objection';
import { AuditEntry } from './audit-entry.js';
import { Customer } from './customer.js';
import { Membership } from './membership.js';
import { StaffMember } from './staff-member.js';
import { User } from './user.js';

export interface AuditWanted {
  /** A part of who, or of what it was done to. */
  readonly query: string;
  /** The number of the customer that it is about; nothing for all. */
  readonly customer?: string;
  readonly actorKind: AuditEntry['actorKind'] | undefined;
  /** What its name begins with: `sign_in` finds `sign_in.done` and `sign_in.refused`. */
  readonly action: string;
  readonly from: Date | undefined;
  /** Exclusive. */
  readonly until: Date | undefined;
  readonly direction: 'asc' | 'desc';
}

export function auditFound({ query, customer, actorKind, action, from, until, direction }: AuditWanted) {
  const found = AuditEntry.query().orderBy([
    { column: 'happenedAt', order: direction },
    { column: 'id', order: direction },
  ]);
  const part = `%${escaped(query)}%`;
  if (query) found.where((either) => named(either, part));
  if (customer) found.where((either) => about(either, customer));
  if (actorKind) found.where({ actorKind });
  if (action) found.where('action', 'like', `${escaped(action)}%`);
  if (from) found.where('happenedAt', '>=', from);
  if (until) found.where('happenedAt', '<', until);
  return found;
}

/** By a part of who did it, of what it was done to, or of what the person is called to whom it was done. */
function named(either: QueryBuilder<AuditEntry>, part: string) {
  const isCalled = 'name ILIKE ? OR email ILIKE ?';
  const users = User.query().select(raw('id::text')).whereRaw(isCalled, [part, part]);
  const staff = StaffMember.query().select(raw('id::text')).whereRaw(isCalled, [part, part]);
  return either
    .where('actorName', 'ilike', part)
    .orWhere('subjectId', 'ilike', part)
    .orWhere((person) => person.where('subjectType', 'user').whereIn('subjectId', users))
    .orWhere((person) => person.where('subjectType', 'staff').whereIn('subjectId', staff));
}

/** What was done for a customer, and what those who act for it did with their own accounts. */
function about(either: QueryBuilder<AuditEntry>, number: string) {
  const customers = Customer.query().select('id').where({ number });
  const people = Membership.query().select(raw('user_id::text')).whereIn('customerId', customers.clone());
  return either
    .whereIn('customerId', customers)
    .orWhere((own) => own.whereNull('customerId').where('subjectType', 'user').whereIn('subjectId', people));
}

/** `%` and `_` mean themselves. */
function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
