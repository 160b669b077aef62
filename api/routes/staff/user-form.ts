import type { Response } from 'express';
import { unknowableHash } from '../../../gateways/passwords.js';
import { Customer } from '../../../models/accounts/customer.js';
import { addPerson } from '../../../models/accounts/person-added.js';
import { accountLetter } from '../../../workflows/messages/account-letter.js';
import { deedOf } from '../../deed.js';
import { typedText } from '../../forms/fields.js';
import { parseUser } from '../../forms/staff/user.js';
import { presentUserForm, type UserFormInput } from '../../presenters/staff/user-form.js';
import { type PromiseDeps, startPromised } from '../../promised-process.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** Staff give somebody the right to act for a customer; the password they choose themself, by the welcome letter. */
export function userFormRoutes(deps: PromiseDeps): RouteDeclaration[] {
  const right = { staff: 'customers:change' } as const;
  const path = '/staff/customers/:number/users';

  function show(response: Response, input: UserFormInput): void {
    response.render('staff/user-form', presentUserForm(response.locals.language, input));
  }

  async function draw({ params }: PathRequest, response: Response): Promise<void> {
    show(response, { customer: await known(params), typed: {}, wrong: [] });
  }

  async function add(request: PathRequest, response: Response): Promise<void> {
    const customer = await known(request.params);
    const typed = typedText(request.body);
    const refuse = (wrong: UserFormInput['wrong']) => show(response.status(422), { customer, typed, wrong });
    const form = parseUser(request.body);
    if ('wrong' in form) return refuse(form.wrong.map((field) => ({ field, problem: field })));
    const wanted = { user: form.value, unknowable: await unknowableHash() };
    const added = await addPerson(customer, wanted, deedOf(response.locals.staff, request, deps.now()));
    if ('problem' in added) return refuse([added]);
    const { letterId } = added;
    if (letterId) await startPromised(deps, accountLetter, { letterId });
    response.redirect(303, `/staff/users/${added.user.id}?done=${added.how}`);
  }

  return [
    { method: 'get', path: `${path}/new`, right, handle: draw },
    { method: 'post', path, right, handle: add },
  ];
}

function known({ number }: PathRequest['params']): Promise<Customer> {
  return Customer.query()
    .findOne({ number: number ?? '' })
    .throwIfNotFound()
    .execute();
}
