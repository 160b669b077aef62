import { createHash } from 'node:crypto';
import { Model, type QueryBuilder, type Transaction } from 'objection';
import { hoursOpen, type LinkPurpose } from '../../rules/accounts/link-state.js';
import { belongingTo, lockPerson, type PersonKey } from './person.js';

/** Lets a person set a password, once. At most one of theirs opens at a time. */
export class AccountLink extends Model {
  static override tableName = 'account_links';

  declare id: string;
  declare userId: string | null;
  declare staffMemberId: string | null;
  declare purpose: LinkPurpose;
  declare madeAt: Date;
  /** Both nothing until its letter is written. */
  declare tokenHash: Buffer | null;
  declare expiresAt: Date | null;
  declare usedAt: Date | null;
  /** A newer one was asked for. */
  declare replacedAt: Date | null;

  static override modifiers = {
    of: (query: QueryBuilder<AccountLink>, person: PersonKey) => query.where(belongingTo(person)),
    unspent: (query: QueryBuilder<AccountLink>) => query.whereNull('usedAt').whereNull('replacedAt'),
    openedBy: (query: QueryBuilder<AccountLink>, token: string) => query.where('tokenHash', tokenHash(token)),
  };

  /** A new one, with which all older ones end. */
  static async make(person: PersonKey, purpose: LinkPurpose, madeAt: Date, trx: Transaction): Promise<AccountLink> {
    await lockPerson(person, trx);
    await AccountLink.replaceAll(person, madeAt, trx);
    return AccountLink.query(trx).insertAndFetch({ ...belongingTo(person), purpose, madeAt });
  }

  static async replaceAll(person: PersonKey, replacedAt: Date, trx: Transaction): Promise<void> {
    await AccountLink.query(trx).modify('of', person).modify('unspent').patch({ replacedAt });
  }

  /** Its time begins when its letter leaves: each attempt to send it writes it anew. */
  async write(token: string, leavingAt: Date): Promise<Date> {
    const expiresAt = new Date(leavingAt.getTime() + hoursOpen[this.purpose] * 3_600_000);
    await this.$query().patch({ tokenHash: tokenHash(token), expiresAt });
    return expiresAt;
  }

  /** False where it was used, replaced or late by then. */
  async spend(usedAt: Date, trx: Transaction): Promise<boolean> {
    const open = this.$query(trx).modify('unspent').where('expiresAt', '>', usedAt);
    return (await open.patch({ usedAt })) === 1;
  }
}

/** Only this is kept of a token, so that a stolen copy of the table opens nothing. */
function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
