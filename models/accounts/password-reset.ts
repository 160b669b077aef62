import { Model, type Transaction } from 'objection';
import { passwordReset } from '../../workflows/messages/password-reset.js';
import { ProcessStart } from '../durable/process-start.js';
import { AccountLetter } from './account-letter.js';
import { AccountLink } from './account-link.js';
import { AuditEntry } from './audit-entry.js';
import { knownPerson, type Person } from './person.js';

/** Somebody asked for a new password. Whom they named, and whether there is such a person, is looked up afterwards. */
export class PasswordReset extends Model {
  static override tableName = 'password_resets';

  declare id: string;
  declare personKind: Person['kind'];
  /** Nothing once it was looked up. */
  declare name: string | null;
  declare address: string;
  declare askedAt: Date;

  /** The same work whoever was named: nobody learns from it who exists. */
  static ask(asked: { personKind: Person['kind']; name: string; address: string; askedAt: Date }): Promise<string> {
    return PasswordReset.transaction(async (trx) => {
      const { id: resetId } = await PasswordReset.query(trx).insertAndFetch(asked);
      await ProcessStart.accept(passwordReset, { resetId }, asked.askedAt, trx);
      return resetId;
    });
  }

  /** The letter with the link, under the id of the reset; nothing where nobody has the name. Twice gives the same. */
  open(): Promise<AccountLetter | undefined> {
    return PasswordReset.transaction(async (trx) => {
      const written = await AccountLetter.query(trx).findById(this.id);
      if (written || this.name === null) return written;
      const person = await knownPerson({ kind: this.personKind, name: this.name });
      await this.$query(trx).patch({ name: null });
      return person && this.writeTo(person, trx);
    });
  }

  private async writeTo(person: Person, trx: Transaction): Promise<AccountLetter> {
    const { id, address, askedAt } = this;
    const { id: linkId } = await AccountLink.make(person, 'reset', askedAt, trx);
    const actor = { actorKind: 'guest', actorName: '?', address, happenedAt: askedAt } as const;
    const about = { action: 'password.reset_asked', subjectType: person.kind, subjectId: person.id };
    await AuditEntry.record({ ...actor, ...about }, trx);
    return AccountLetter.write(person, { id, kind: 'reset', linkId, values: { address }, happenedAt: askedAt }, trx);
  }
}
