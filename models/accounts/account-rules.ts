import { type PasswordLevel, strictestLevel } from '../../rules/accounts/password-policy.js';
import { Brand } from './brand.js';
import { Membership } from './membership.js';
import type { Person } from './person.js';

/** What a person is held to: who acts for several customers keeps the strictest of their rules, staff the strictest of all. */
export interface AccountRules {
  readonly demandsSecondFactor: boolean;
  readonly passwordLevel: PasswordLevel;
  /** Names and addresses of theirs, no word of which may stand in their password. */
  readonly ownWords: readonly string[];
}

export async function accountRulesFor(person: Person): Promise<AccountRules> {
  const { name, email } = person;
  if (person.kind === 'staff') {
    const shops = (await Brand.query()).map((brand) => brand.name);
    return { demandsSecondFactor: true, passwordLevel: 'strong', ownWords: [name, email, ...shops] };
  }
  const held = await Membership.query().modify('heldBy', person).withGraphFetched('customer');
  const customers = held.map(({ customer }) => customer);
  return {
    demandsSecondFactor: customers.some((customer) => customer.demandsSecondFactor),
    passwordLevel: strictestLevel(customers.map((customer) => customer.passwordLevel)),
    ownWords: [name, email, ...(person.loginName ? [person.loginName] : []), ...customers.map((each) => each.name)],
  };
}
