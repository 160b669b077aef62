import type { Response } from 'express';
import { z } from 'zod';
import { changeCustomerRules } from '../../../models/accounts/customer-rules.js';
import { SecondFactor } from '../../../models/accounts/second-factor.js';
import { deedOf } from '../../deed.js';
import { tick } from '../../forms/fields.js';
import { Unprocessable } from '../../middleware/errors.js';
import { presentAccountRules } from '../../presenters/account-rules.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

const form = z.object({ demandsSecondFactor: tick, passwordLevel: z.enum(['medium', 'strong']) });

/** What a customer asks of everybody who acts for them. */
export function accountRulesRoutes({ now }: { readonly now: () => Date }): RouteDeclaration[] {
  const path = '/account/rules';
  const right = { section: 'users', level: 'manager' } as const;

  function show(response: Response, ownFirst = false): void {
    const { customer, language } = response.locals;
    response.status(ownFirst ? 422 : 200);
    response.render('accounts/account-rules', presentAccountRules(language, { action: path, customer, ownFirst }));
  }

  async function change(request: PathRequest, response: Response): Promise<unknown> {
    const { user, customer } = response.locals;
    const wished = form.safeParse(request.body ?? {});
    if (!wished.success) throw new Unprocessable('no such rules');
    const rules = wished.data;
    if (rules.demandsSecondFactor && !(await SecondFactor.standing(user))) return show(response, true);
    await changeCustomerRules(customer, rules, deedOf(user, request, now()));
    response.redirect(303, '/account?done=rules');
  }

  return [
    { method: 'get', path, right, handle: (_request, response) => show(response) },
    { method: 'post', path, right, handle: change },
  ];
}
