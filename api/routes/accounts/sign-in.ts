import type { Response } from 'express';
import { passwordMatches } from '../../../gateways/passwords.js';
import { recordRefusal } from '../../../models/accounts/sign-ins.js';
import { ownPath } from '../../../rules/accounts/own-path.js';
import { parseSignIn } from '../../forms/accounts/sign-in.js';
import { typedText } from '../../forms/fields.js';
import type { SignInLimits } from '../../middleware/sign-in-limits.js';
import { presentSignIn } from '../../presenters/sign-in.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import type { Admission } from './admission.js';
import type { Entrance } from './entrances.js';
import { tellToWait } from './waiting.js';

export interface SignInDeps {
  readonly admission: Admission;
  readonly limits: SignInLimits;
  readonly now: () => Date;
}

/** The sign-in page of customers or of staff. It never says whether it was the name or the password that was wrong. */
export function signInRoutes(entrance: Entrance, { admission, limits, now }: SignInDeps): RouteDeclaration[] {
  const { area, kind, page, resetPage, home, find } = entrance;

  function show(request: PathRequest, response: Response, problems: readonly ('name' | 'password' | 'refused')[] = []) {
    const to = ownPath(request.query.to);
    const typed = typedText(request.body).name ?? '';
    response.render(
      'accounts/sign-in',
      presentSignIn(response.locals.language, { area, page, resetPage, to, typed, problems }),
    );
  }

  async function signIn(request: PathRequest, response: Response): Promise<unknown> {
    const form = parseSignIn(request.body);
    if ('wrong' in form) return show(request, response.status(422), form.wrong);
    const { name, password } = form.value;
    const at = now();
    const address = request.ip ?? '';
    const tooMany = await limits.count(area, name, address);
    if (tooMany) return tellToWait(response, tooMany, { now: at, entrance });

    const person = await find(name);
    if (!(await passwordMatches(person?.passwordHash, password)) || !person) {
      await recordRefusal(kind, person, 'password', { address, happenedAt: at });
      return show(request, response.status(422), ['refused']);
    }
    await limits.forgive(area, name, address);
    await admission.goOn({ person, to: ownPath(request.query.to), at }, request, response);
  }

  return [
    {
      method: 'get',
      path: page,
      right: 'anyone',
      layout: 'plain',
      handle: (request, response) =>
        response.locals.user || response.locals.staff ? response.redirect(303, home) : show(request, response),
    },
    { method: 'post', path: page, right: 'anyone', layout: 'plain', handle: signIn },
  ];
}
