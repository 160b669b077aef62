import type { Response } from 'express';
import { Model } from 'objection';
import type { Authenticator } from '../../../gateways/authenticator.js';
import type { Sealer } from '../../../gateways/sealing.js';
import { accountRulesFor } from '../../../models/accounts/account-rules.js';
import { RecoveryCode } from '../../../models/accounts/recovery-code.js';
import { SecondFactor } from '../../../models/accounts/second-factor.js';
import { countSessionsOf } from '../../../models/accounts/session-ends.js';
import { SignInPlace } from '../../../models/accounts/sign-in-place.js';
import { memberMay } from '../../../rules/accounts/customer-rights.js';
import { presentAccount } from '../../presenters/account.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { accountPageOf, accountRightOf, type Entrance, personIn } from './entrances.js';

export interface AccountPageDeps {
  readonly sealer: Sealer;
  readonly authenticator: Authenticator;
}

/** A person's own account: how they come in, from where they did, and what is asked of them. */
export function accountPageRoutes(entrance: Entrance, { sealer, authenticator }: AccountPageDeps): RouteDeclaration[] {
  const path = accountPageOf(entrance);
  const right = accountRightOf(entrance);

  async function show(request: PathRequest, response: Response): Promise<void> {
    const { reader, customer, membership } = response.locals;
    const person = personIn(entrance, response);
    const [factor, places, sessions, rules] = await Promise.all([
      SecondFactor.standing(person),
      SignInPlace.latestOf(person),
      countSessionsOf(person, Model.knex()),
      accountRulesFor(person),
    ]);
    const codesLeft = factor ? await RecoveryCode.left(factor.id) : 0;
    const governs = membership && memberMay(membership.role, 'users', 'manager') ? customer : undefined;
    const input = { base: path, person, factor, codesLeft, places, sessions, rules, governs, done: request.query.done };
    response.render('accounts/account', presentAccount(reader, input));
  }

  /** Makes the secret; the page it leads to shows it and asks for the password. */
  async function beginEnrolment(_request: PathRequest, response: Response): Promise<void> {
    await SecondFactor.begin(personIn(entrance, response), sealer.seal(authenticator.newSecret()));
    response.redirect(303, entrance.enrolment);
  }

  return [
    { method: 'get', path, right, handle: show },
    { method: 'post', path: `${path}/second-factor`, right, handle: beginEnrolment },
  ];
}
