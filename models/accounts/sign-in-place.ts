import { Model, type Transaction } from 'objection';
import { isNewPlace, placeOf } from '../../rules/accounts/sign-in-places.js';
import { belongingTo, type Person, type PersonKey } from './person.js';

/** From where somebody has signed in before. */
export class SignInPlace extends Model {
  static override tableName = 'sign_in_places';

  declare id: string;
  declare userId: string | null;
  declare staffMemberId: string | null;
  declare place: string;
  declare firstSeenAt: Date;
  declare lastSeenAt: Date;

  /** The five where they were last. */
  static async latestOf(person: PersonKey): Promise<SignInPlace[]> {
    return SignInPlace.query().where(belongingTo(person)).orderBy('lastSeenAt', 'desc').limit(5);
  }

  /** Keeps it; says whether it is to be told of. */
  static async visit(person: Person, address: string, at: Date, trx: Transaction): Promise<boolean> {
    const owner = belongingTo(person);
    const place = placeOf(address);
    const seen = (await SignInPlace.query(trx).where(owner)).map((known) => known.place);
    const before = person.lastSignInAddress === null ? [] : [placeOf(person.lastSignInAddress)];
    await SignInPlace.query(trx)
      .insert({ ...owner, place, firstSeenAt: at, lastSeenAt: at })
      .onConflict([person.kind === 'user' ? 'userId' : 'staffMemberId', 'place'])
      .merge(['lastSeenAt']);
    return isNewPlace(place, [...seen, ...before]);
  }
}
