import { codeOf } from '../../gateways/authenticator.js';
import { createSealer } from '../../gateways/sealing.js';
import { belongingTo, type Person } from '../../models/accounts/person.js';
import { SecondFactor } from '../../models/accounts/second-factor.js';
import { stepAt } from '../../rules/accounts/one-time-code.js';

/** With the key of tests. */
export const sealer = createSealer(Buffer.alloc(32, 7));

/** The secret on every telephone of tests. */
export const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

/** A telephone that is set up, and whose codes are all unused. */
export async function withSecondFactor<Someone extends Person>(person: Someone): Promise<Someone> {
  const factor = { ...belongingTo(person), sealedSecret: sealer.seal(secret), confirmedAt: new Date(0), lastStep: 0 };
  await SecondFactor.query().modify('of', person).delete();
  await SecondFactor.query().insert(factor);
  return person;
}

/** What the telephone shows; `after` steps later. */
export function codeAt(at: Date, after = 0): string {
  return codeOf(secret, stepAt(at) + after);
}
