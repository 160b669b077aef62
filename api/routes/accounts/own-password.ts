import type { Response } from 'express';
import { hashPassword } from '../../../gateways/passwords.js';
import { accountRulesFor } from '../../../models/accounts/account-rules.js';
import { changeOwnPassword } from '../../../models/accounts/passwords.js';
import { deedOf } from '../../deed.js';
import { type NewPasswordProblem, readNewPassword } from '../../forms/accounts/new-password.js';
import { renewSession } from '../../middleware/sessions.js';
import { presentOwnPassword } from '../../presenters/own-password.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { accountPageOf, accountRightOf, type Entrance, personIn } from './entrances.js';
import type { Proof, ProofProblem } from './proof.js';
import { tellToWait } from './waiting.js';

export interface OwnPasswordDeps {
  readonly proof: Proof;
  readonly now: () => Date;
}

/** A person's own password: the one they have, and the new one twice. All their other sessions end. */
export function ownPasswordRoutes(entrance: Entrance, { proof, now }: OwnPasswordDeps): RouteDeclaration[] {
  const account = accountPageOf(entrance);
  const path = `${account}/password`;
  const right = accountRightOf(entrance);

  async function show(
    response: Response,
    wrong: readonly ProofProblem[] = [],
    problems: readonly NewPasswordProblem[] = [],
  ) {
    const person = personIn(entrance, response);
    const held = await accountRulesFor(person);
    response.status(wrong.length + problems.length > 0 ? 422 : 200);
    const input = { account, action: path, email: person.email, held, wrong, problems };
    response.render('accounts/own-password', presentOwnPassword(response.locals.language, input));
  }

  async function change(request: PathRequest, response: Response): Promise<unknown> {
    const person = personIn(entrance, response);
    const read = readNewPassword(request.body, await accountRulesFor(person));
    const proved = await proof.prove(person, undefined, request);
    if ('tryAgainAt' in proved) return tellToWait(response, proved, { now: now(), entrance });
    const problems = 'problems' in read ? read.problems : [];
    if (!('password' in read) || proved.problems.length > 0) return show(response, proved.problems, problems);
    const at = now();
    const passwordHash = await hashPassword(read.password);
    if (!(await changeOwnPassword(person, passwordHash, deedOf(person, request, at))))
      return show(response, ['password']);
    await renewSession(request, person, at);
    response.redirect(303, `${account}?done=password`);
  }

  return [
    { method: 'get', path, right, handle: (_request, response) => show(response) },
    { method: 'post', path, right, handle: change },
  ];
}
