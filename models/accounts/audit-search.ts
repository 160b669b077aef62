import { AuditEntry } from './audit-entry.js';
import { Customer } from './customer.js';

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
  if (query) found.where((either) => either.where('actorName', 'ilike', part).orWhere('subjectId', 'ilike', part));
  if (customer) found.whereIn('customerId', Customer.query().select('id').where({ number: customer }));
  if (actorKind) found.where({ actorKind });
  if (action) found.where('action', 'like', `${escaped(action)}%`);
  if (from) found.where('happenedAt', '>=', from);
  if (until) found.where('happenedAt', '<', until);
  return found;
}

/** `%` and `_` mean themselves. */
function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
