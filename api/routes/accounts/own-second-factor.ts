import type { Response } from 'express';
import type { Authenticator } from '../../../gateways/authenticator.js';
import { accountRulesFor } from '../../../models/accounts/account-rules.js';
import type { Deed } from '../../../models/accounts/audit-entry.js';
import type { Person } from '../../../models/accounts/person.js';
import { SecondFactor } from '../../../models/accounts/second-factor.js';
import { renewRecoveryCodes, turnOffSecondFactor } from '../../../models/accounts/second-factor-changes.js';
import { deedOf } from '../../deed.js';
import { endSession, renewSession } from '../../middleware/sessions.js';
import { presentFactorChange, presentRecoveryCodes } from '../../presenters/second-factor.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { accountPageOf, accountRightOf, type Entrance, personIn } from './entrances.js';
import type { Proof, ProofProblem } from './proof.js';
import { tellToWait } from './waiting.js';

export interface OwnSecondFactorDeps {
  readonly proof: Proof;
  readonly authenticator: Authenticator;
  readonly now: () => Date;
}

type Change = 'removal' | 'recovery';

interface Proved {
  readonly person: Person;
  readonly factor: SecondFactor;
  readonly deed: Deed;
}

/** Taking the second factor off, and drawing new recovery codes: by the password and the factor itself. */
export function ownSecondFactorRoutes(entrance: Entrance, deps: OwnSecondFactorDeps): RouteDeclaration[] {
  const { proof, authenticator, now } = deps;
  const { area, page } = entrance;
  const account = accountPageOf(entrance);
  const right = accountRightOf(entrance);
  const pathOf = { removal: `${account}/second-factor/removal`, recovery: `${account}/recovery-codes` } as const;

  async function show(change: Change, response: Response, problems: readonly ProofProblem[] = []): Promise<void> {
    const person = personIn(entrance, response);
    if (!(await SecondFactor.standing(person))) return response.redirect(303, account);
    const { demandsSecondFactor: demanded } = await accountRulesFor(person);
    const input = { account, action: pathOf[change], change, demanded, problems };
    response.status(problems.length > 0 ? 422 : 200);
    response.render('accounts/factor-change', presentFactorChange(response.locals.language, input));
  }

  /** Goes on once the person has proved who they are. */
  const once =
    (change: Change, goOn: (proved: Proved, request: PathRequest, response: Response) => Promise<unknown>) =>
    async (request: PathRequest, response: Response): Promise<unknown> => {
      const person = personIn(entrance, response);
      const factor = await SecondFactor.standing(person);
      if (!factor) return response.redirect(303, account);
      const proved = await proof.prove(person, factor, request);
      if ('tryAgainAt' in proved) return tellToWait(response, proved, { now: now(), entrance });
      if (proved.problems.length > 0) return show(change, response, proved.problems);
      return goOn({ person, factor, deed: deedOf(person, request, now()) }, request, response);
    };

  /** Who must have one is led to setting up another, before anything else. */
  async function remove({ person, factor, deed }: Proved, request: PathRequest, response: Response): Promise<void> {
    await turnOffSecondFactor(factor, deed);
    if ((await accountRulesFor(person)).demandsSecondFactor) {
      await endSession(request);
      return response.redirect(303, page);
    }
    await renewSession(request, person, deed.happenedAt);
    response.redirect(303, `${account}?done=off`);
  }

  async function renew({ person, factor, deed }: Proved, request: PathRequest, response: Response): Promise<void> {
    const recovery = authenticator.newRecoveryCodes();
    await renewRecoveryCodes(factor, recovery, deed);
    await renewSession(request, person, deed.happenedAt);
    const input = { entrance: { area }, recovery, onward: account };
    response.locals.layout = 'plain';
    response.render('accounts/recovery-codes', presentRecoveryCodes(response.locals.language, input));
  }

  return [
    { method: 'get', path: pathOf.removal, right, handle: (_request, response) => show('removal', response) },
    { method: 'post', path: pathOf.removal, right, handle: once('removal', remove) },
    { method: 'get', path: pathOf.recovery, right, handle: (_request, response) => show('recovery', response) },
    { method: 'post', path: pathOf.recovery, right, handle: once('recovery', renew) },
  ];
}
