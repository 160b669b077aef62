import { Model, type QueryBuilder } from 'objection';
import type { Language } from '../../rules/accounts/languages.js';
import type { StaffRole } from '../../rules/accounts/staff-rights.js';

/** Somebody who works for the shop: never a customer's user, with a sign-in of their own. */
export class StaffMember extends Model {
  static override tableName = 'staff_members';

  declare id: string;
  declare email: string;
  declare name: string;
  declare role: StaffRole;
  declare passwordHash: string;
  /** Nothing while the password is one that nobody knows. */
  declare passwordChangedAt: Date | null;
  declare language: Language;
  declare timeZone: string;
  declare disabledAt: Date | null;
  declare lastSignInAt: Date | null;
  declare lastSignInAddress: string | null;
  /** Sessions that began before it are over. */
  declare sessionsEndedAt: Date | null;

  get kind(): 'staff' {
    return 'staff';
  }

  static override modifiers = {
    enabled: (query: QueryBuilder<StaffMember>) => query.whereNull('disabledAt'),
    known: (query: QueryBuilder<StaffMember>, email: string) => query.whereRaw('lower(email) = lower(?)', [email]),
  };
}
