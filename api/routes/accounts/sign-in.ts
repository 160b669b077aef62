import type { Response } from 'express';
import { passwordMatches } from '../../../gateways/passwords.js';
import { formatMoment } from '../../../locales/formats.js';
import { ownPath } from '../../../rules/accounts/own-path.js';
import { parseSignIn } from '../../forms/accounts/sign-in.js';
import { typedText } from '../../forms/fields.js';
import { startSession } from '../../middleware/sessions.js';
import type { SignInLimits } from '../../middleware/sign-in-limits.js';
import { presentSignIn } from '../../presenters/sign-in.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { type Entrance, recordRefusal } from './entrances.js';

export interface SignInDeps {
  readonly limits: SignInLimits;
  readonly now: () => Date;
}

/** The sign-in page of customers or of staff. It never says whether it was the name or the password that was wrong. */
export function signInRoutes(entrance: Entrance, { limits, now }: SignInDeps): RouteDeclaration[] {
  const { area, page, home, find, admitted } = entrance;

  function show(request: PathRequest, response: Response, problems: readonly ('name' | 'password' | 'refused')[] = []) {
    const to = ownPath(request.query.to);
    const typed = typedText(request.body).name ?? '';
    response.render('accounts/sign-in', presentSignIn(response.locals.language, { area, page, to, typed, problems }));
  }

  async function signIn(request: PathRequest, response: Response): Promise<unknown> {
    const form = parseSignIn(request.body);
    if ('wrong' in form) return show(request, response.status(422), form.wrong);
    const { name, password } = form.value;
    const address = request.ip ?? '';
    const tooMany = await limits.count(area, name, address);
    if (tooMany) return tellToWait(response, tooMany.tryAgainAt);

    const person = await find(name);
    if (!(await passwordMatches(person?.passwordHash, password)) || !person) {
      await recordRefusal(entrance, person, request, now());
      return show(request, response.status(422), ['refused']);
    }
    await limits.forgive(area, name, address);
    await startSession(request, { personId: person.id }, now());
    await admitted(person, request, now());
    response.redirect(303, ownPath(request.query.to) ?? home);
  }

  function tellToWait(response: Response, tryAgainAt: Date): void {
    const { language, timeZone } = response.locals.reader;
    const seconds = Math.ceil((tryAgainAt.getTime() - now().getTime()) / 1_000);
    response.status(429).set('Retry-After', String(seconds));
    response.render('accounts/too-many-attempts', {
      moment: formatMoment(language, tryAgainAt, timeZone),
      back: page,
      staffArea: area === 'staff',
    });
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
