import { Model, type Transaction } from 'objection';
import { accountLetter } from '../../workflows/messages/account-letter.js';
import { ProcessStart } from '../durable/process-start.js';
import { AccountLink } from './account-link.js';
import { belongingTo, type PersonKey } from './person.js';

/**
 * With a link to set a password, or telling what was done with an account so that its owner can object; to staff also that
 * a task waits for them.
 */
export type AccountLetterKind =
  | 'welcome'
  | 'joined'
  | 'member_joined'
  | 'reset'
  | 'staff_reset'
  | 'password_changed'
  | 'second_factor_on'
  | 'second_factor_off'
  | 'second_factor_reset'
  | 'recovery_codes_renewed'
  | 'recovery_code_used'
  | 'new_place'
  | 'task_escalated';

export interface LetterValues {
  /** From where it was done. */
  readonly address?: string;
  /** For whom they may act from now on. */
  readonly customer?: string;
  /** Who may act for that customer from now on, where it is somebody else. */
  readonly person?: string;
  /** Recovery codes that are left. */
  readonly left?: number;
  /** Whose name stands on it, where it is about one of several shops' customers. */
  readonly brand?: string;
  /** A staff task's id. */
  readonly task?: string;
}

type NewLetter = Pick<AccountLetter, 'kind' | 'happenedAt'> & {
  readonly id?: string;
  readonly linkId?: string;
  readonly values?: LetterValues;
};

/** A letter about somebody's account, from the change that it is about until it has left. */
export class AccountLetter extends Model {
  static override tableName = 'account_letters';
  static override jsonAttributes = ['values'];

  declare id: string;
  declare userId: string | null;
  declare staffMemberId: string | null;
  declare kind: AccountLetterKind;
  declare linkId: string | null;
  declare values: LetterValues;
  declare happenedAt: Date;
  declare link: AccountLink | undefined;

  static override relationMappings = () => ({
    link: {
      relation: Model.BelongsToOneRelation,
      modelClass: AccountLink,
      join: { from: 'account_letters.linkId', to: 'account_links.id' },
    },
  });

  static async write(person: PersonKey, letter: NewLetter, trx: Transaction): Promise<AccountLetter> {
    return AccountLetter.query(trx).insertAndFetch({ ...belongingTo(person), ...letter });
  }

  /** Promised together with what it is about: no mail server that rests, and no cluster that is away, loses it. */
  static async promise(person: PersonKey, letter: NewLetter, trx: Transaction): Promise<{ letterId: string }> {
    const { id: letterId, happenedAt } = await AccountLetter.write(person, letter, trx);
    await ProcessStart.accept(accountLetter, { letterId }, happenedAt, trx);
    return { letterId };
  }
}
