import { Model, type QueryBuilder } from 'objection';
import type { Language } from '../../rules/accounts/languages.js';

/** Somebody who signs in for one or more customers. */
export class User extends Model {
  static override tableName = 'users';

  declare id: string;
  declare email: string;
  declare loginName: string | null;
  declare name: string;
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

  get kind(): 'user' {
    return 'user';
  }

  static override modifiers = {
    enabled: (query: QueryBuilder<User>) => query.whereNull('disabledAt'),
    /** By e-mail address or login name, in whatever case it was typed. */
    known: (query: QueryBuilder<User>, as: string) =>
      query.where((either) =>
        either.whereRaw('lower(email) = lower(?)', [as]).orWhereRaw('lower(login_name) = lower(?)', [as]),
      ),
  };
}
