import { Model } from 'objection';

/** A letter that left, under the id that every attempt to send it has in common. */
export class LetterSent extends Model {
  static override tableName = 'letters';

  declare id: string;
  declare to: string;
  /** False when the mailbox refused it for good. */
  declare delivered: boolean;
  declare sentAt: Date;
}
