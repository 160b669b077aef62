import { Model, type QueryBuilder } from 'objection';
import { belongingTo, type PersonKey } from './person.js';

/** What a person has besides knowing a password: the secret that their telephone counts by. */
export class SecondFactor extends Model {
  static override tableName = 'second_factors';

  declare id: string;
  declare userId: string | null;
  declare staffMemberId: string | null;
  declare sealedSecret: Buffer;
  /** Counts for nothing until a code of it was given. */
  declare confirmedAt: Date | null;
  /** Of the last code taken. */
  declare lastStep: number;

  static override modifiers = {
    of: (query: QueryBuilder<SecondFactor>, person: PersonKey) => query.where(belongingTo(person)),
    confirmed: (query: QueryBuilder<SecondFactor>) => query.whereNotNull('confirmedAt'),
    unconfirmed: (query: QueryBuilder<SecondFactor>) => query.whereNull('confirmedAt'),
  };

  /** The one that counts. */
  static async standing(person: PersonKey): Promise<SecondFactor | undefined> {
    return SecondFactor.query().modify('of', person).modify('confirmed').first();
  }

  /** A new secret to be scanned, in place of one that never was confirmed; one that counts is left alone. */
  static async begin(person: PersonKey, sealedSecret: Buffer): Promise<void> {
    await SecondFactor.query().modify('of', person).modify('unconfirmed').delete();
    await SecondFactor.query()
      .insert({ ...belongingTo(person), sealedSecret })
      .onConflict()
      .ignore();
  }

  /** Uses a step's code up; false where another request was quicker. */
  async takeStep(step: number): Promise<boolean> {
    return (await this.$query().patch({ lastStep: step }).where('lastStep', '<', step)) === 1;
  }
}
