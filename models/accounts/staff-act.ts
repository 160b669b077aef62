import type { Transaction } from 'objection';
import { AuditEntry } from './audit-entry.js';
import type { StaffMember } from './staff-member.js';

/** Somebody of the staff does something, now, from a network address. */
export interface StaffAct {
  readonly staff: Pick<StaffMember, 'id' | 'name'>;
  readonly address: string;
  readonly at: Date;
}

interface Change {
  /** Two words, thing and deed: `server.moved`. */
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly before?: object;
  readonly after?: object;
}

/** The audit entry of a change by staff. Of values that did not change nothing is written down. */
export async function recordAct({ staff, address, at }: StaffAct, change: Change, trx: Transaction): Promise<void> {
  const actor = { actorKind: 'staff', actorId: staff.id, actorName: staff.name, address } as const;
  await AuditEntry.record({ ...actor, ...change, happenedAt: at }, trx);
}

type Values = Readonly<Record<string, unknown>>;

/** Only what differs between two sets of values; nothing where all is as it was. */
export function changedValues(was: Values, is: Values): { before: Values; after: Values } | undefined {
  const differing = Object.keys(is).filter((key) => JSON.stringify(was[key]) !== JSON.stringify(is[key]));
  if (differing.length === 0) return undefined;
  const of = (values: Values) => Object.fromEntries(differing.map((key) => [key, values[key] ?? null]));
  return { before: of(was), after: of(is) };
}
