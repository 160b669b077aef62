import type { Response } from 'express';
import { NotFoundError } from 'objection';
import { unknowableHash } from '../../../gateways/passwords.js';
import { Membership } from '../../../models/accounts/membership.js';
import { resetPasswordOf } from '../../../models/accounts/passwords.js';
import { type Person, readPerson, wasWelcomed } from '../../../models/accounts/person.js';
import { RecoveryCode } from '../../../models/accounts/recovery-code.js';
import { SecondFactor } from '../../../models/accounts/second-factor.js';
import { resetSecondFactor } from '../../../models/accounts/second-factor-changes.js';
import { welcomeAgain } from '../../../models/accounts/welcome.js';
import { staffMay } from '../../../rules/accounts/staff-rights.js';
import { accountLetter } from '../../../workflows/messages/account-letter.js';
import { deedOf } from '../../deed.js';
import { isUuid } from '../../forms/fields.js';
import { Unprocessable } from '../../middleware/errors.js';
import { presentPersonPage } from '../../presenters/staff/person.js';
import { type PromiseDeps, startPromised } from '../../promised-process.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** Whose accounts these are, who sees them, and who helps their owners back in. */
const sides = {
  user: { base: '/staff/users', see: { staff: 'customers:see' }, change: { staff: 'customers:change' } },
  staff: { base: '/staff/members', see: { staff: 'members:see' }, change: { staff: 'members:change' } },
} as const;

/** What staff do for somebody who cannot come in. Nobody learns a password here, and nobody does it for themself. */
export function peopleRoutes(deps: PromiseDeps): RouteDeclaration[] {
  return [...routesFor('user', deps), ...routesFor('staff', deps)];
}

function routesFor(kind: Person['kind'], deps: PromiseDeps): RouteDeclaration[] {
  const { base, see, change } = sides[kind];
  const path = `${base}/:id`;

  async function wanted({ params }: PathRequest): Promise<Person> {
    const { id } = params;
    const person = isUuid(id) ? await readPerson({ kind, id }) : undefined;
    if (!person) throw new NotFoundError({});
    return person;
  }

  async function show(request: PathRequest, response: Response): Promise<void> {
    const { reader, staff } = response.locals;
    const person = await wanted(request);
    const [factor, memberships] = await Promise.all([
      SecondFactor.standing(person),
      Membership.query().where({ userId: person.id }).withGraphFetched('customer'),
    ]);
    const codesLeft = factor ? await RecoveryCode.left(factor.id) : 0;
    const mayChange = staffMay(staff.role, change.staff) && staff.id !== person.id;
    const customers = memberships.map(({ customer }) => customer);
    const input = { base, person, customers, factor, codesLeft, mayChange, done: request.query.done };
    response.render('staff/person', presentPersonPage(reader, input));
  }

  /** One's own account is changed on its own page, by password and code. */
  async function other(request: PathRequest, { locals }: Response): Promise<Person> {
    const person = await wanted(request);
    if (person.id === locals.staff.id || person.disabledAt) throw new Unprocessable('not for them, or not by them');
    return person;
  }

  async function welcome(request: PathRequest, response: Response): Promise<void> {
    const person = await other(request, response);
    if (person.kind !== 'user' || wasWelcomed(person)) throw new Unprocessable('they were welcomed');
    await post(await welcomeAgain(person, deed(request, response)));
    response.redirect(303, `${base}/${person.id}?done=welcome`);
  }

  async function resetPassword(request: PathRequest, response: Response): Promise<void> {
    const person = await other(request, response);
    await post(await resetPasswordOf(person, await unknowableHash(), deed(request, response)));
    response.redirect(303, `${base}/${person.id}?done=password`);
  }

  async function resetFactor(request: PathRequest, response: Response): Promise<void> {
    const person = await other(request, response);
    const factor = await SecondFactor.standing(person);
    if (factor) await resetSecondFactor(factor, deed(request, response));
    response.redirect(303, `${base}/${person.id}?done=factor`);
  }

  const deed = (request: PathRequest, { locals }: Response) => deedOf(locals.staff, request, deps.now());
  const post = ({ letterId }: { readonly letterId: string }) => startPromised(deps, accountLetter, { letterId });

  return [
    { method: 'get', path, right: see, handle: show },
    { method: 'post', path: `${path}/welcome`, right: change, handle: welcome },
    { method: 'post', path: `${path}/password-reset`, right: change, handle: resetPassword },
    { method: 'post', path: `${path}/second-factor-reset`, right: change, handle: resetFactor },
  ];
}
