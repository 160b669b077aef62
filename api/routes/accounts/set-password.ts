import type { Response } from 'express';
import { NotFoundError } from 'objection';
import { hashPassword } from '../../../gateways/passwords.js';
import { AccountLink } from '../../../models/accounts/account-link.js';
import { accountRulesFor } from '../../../models/accounts/account-rules.js';
import { setPasswordByLink } from '../../../models/accounts/passwords.js';
import { enabledPerson, ownerOf, type Person } from '../../../models/accounts/person.js';
import { sendLinkAnew } from '../../../models/accounts/welcome.js';
import { linkState } from '../../../rules/accounts/link-state.js';
import { accountLetter } from '../../../workflows/messages/account-letter.js';
import { deedOf } from '../../deed.js';
import { type NewPasswordProblem, readNewPassword } from '../../forms/accounts/new-password.js';
import { readInTheirs } from '../../middleware/language.js';
import type { SignInLimits } from '../../middleware/sign-in-limits.js';
import { presentLetterSent, presentSetPassword, presentSpentLink } from '../../presenters/password-links.js';
import { type PromiseDeps, startPromised } from '../../promised-process.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import type { Admission } from './admission.js';
import type { Entrance } from './entrances.js';
import { tellToWait } from './waiting.js';

export interface SetPasswordDeps extends PromiseDeps {
  readonly admission: Admission;
  readonly limits: SignInLimits;
}

interface Opened {
  readonly link: AccountLink;
  readonly person: Person;
}

/** What the link of a letter opens: a new password, once. Opening it changes nothing, because mail scanners open links too. */
export function setPasswordRoutes(entrance: Entrance, deps: SetPasswordDeps): RouteDeclaration[] {
  const { admission, limits, now } = deps;
  const { area, kind, setPasswordPage } = entrance;
  const path = `${setPasswordPage}/:token`;

  async function opened(request: PathRequest, response: Response): Promise<Opened> {
    const link = await AccountLink.query()
      .modify('openedBy', request.params.token ?? '')
      .first()
      .throwIfNotFound();
    const owner = ownerOf(link);
    const person = owner.kind === kind ? await enabledPerson(owner) : undefined;
    if (!person) throw new NotFoundError({});
    readInTheirs(request, response, person);
    return { link, person };
  }

  async function show(request: PathRequest, response: Response): Promise<void> {
    const open = await opened(request, response);
    if (linkState(open.link, now()) === 'open') await draw(open, request, response);
    else drawSpent(open, request, response);
  }

  async function draw(
    { link, person }: Opened,
    request: PathRequest,
    response: Response,
    problems: readonly NewPasswordProblem[] = [],
  ) {
    const held = await accountRulesFor(person);
    const { user, staff } = response.locals;
    const signedInAs = area === 'staff' ? staff : user;
    const input = { entrance, link, person, held, problems, signedInAs, action: request.originalUrl };
    response.status(problems.length > 0 ? 422 : 200);
    response.render('accounts/set-password', presentSetPassword(response.locals.language, input));
  }

  function drawSpent({ link }: Opened, { originalUrl }: PathRequest, response: Response): void {
    const state = linkState(link, now());
    const input = { entrance, state: state === 'open' ? 'used' : state, renewal: `${originalUrl}/renewal` } as const;
    response.status(410).render('accounts/link-spent', presentSpentLink(response.locals.language, input));
  }

  async function set(request: PathRequest, response: Response): Promise<unknown> {
    const at = now();
    const open = await opened(request, response);
    const { link, person } = open;
    if (linkState(link, at) !== 'open') return drawSpent(open, request, response);
    const read = readNewPassword(request.body, await accountRulesFor(person));
    if ('problems' in read) return draw(open, request, response, read.problems);
    const passwordHash = await hashPassword(read.password);
    if (!(await setPasswordByLink(link, person, passwordHash, deedOf(person, request, at))))
      return drawSpent({ ...open, link: await link.$query() }, request, response);
    const renewed = await enabledPerson(person);
    if (!renewed) throw new NotFoundError({});
    await admission.goOn({ person: renewed, to: undefined, at }, request, response);
  }

  /** Whoever holds an old link may have a new one sent to where that one went. */
  async function renew(request: PathRequest, response: Response): Promise<unknown> {
    const { link, person } = await opened(request, response);
    const tooMany = await limits.count(area, person.email, request.ip ?? '');
    if (tooMany) return tellToWait(response, tooMany, { now: now(), entrance });
    const { letterId } = await sendLinkAnew(person, link, { address: request.ip ?? '', happenedAt: now() });
    await startPromised(deps, accountLetter, { letterId });
    response.render('accounts/letter-sent', presentLetterSent(response.locals.language, { entrance, of: 'link' }));
  }

  return [
    { method: 'get', path, right: 'anyone', layout: 'plain', handle: show },
    { method: 'post', path, right: 'anyone', layout: 'plain', handle: set },
    { method: 'post', path: `${path}/renewal`, right: 'anyone', layout: 'plain', handle: renew },
  ];
}
