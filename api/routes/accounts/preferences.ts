import type { Response } from 'express';
import { StaffMember } from '../../../models/accounts/staff-member.js';
import { User } from '../../../models/accounts/user.js';
import { ownPath } from '../../../rules/accounts/own-path.js';
import { isUuid } from '../../forms/fields.js';
import { Unprocessable } from '../../middleware/errors.js';
import { isLanguage, LANGUAGE_COOKIE, languageCookie } from '../../middleware/language.js';
import { keepSession } from '../../middleware/sessions.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** What a person chooses in the bar on top: the language, and for which customer to act. */
export function preferenceRoutes(): RouteDeclaration[] {
  return [
    { method: 'post', path: '/language', right: 'anyone', guestsNeedNoToken: true, handle: chooseLanguage },
    { method: 'post', path: '/staff/language', right: 'anyone', guestsNeedNoToken: true, handle: chooseLanguage },
    { method: 'post', path: '/customer', right: { section: 'account', level: 'visitor' }, handle: chooseCustomer },
  ];
}

/** Kept in a cookie for the pages before signing in, and with the person for all others and for letters. */
async function chooseLanguage(request: PathRequest, response: Response): Promise<void> {
  const { language, back } = request.body ?? {};
  if (!isLanguage(language)) throw new Unprocessable('no such language');
  const { user, staff } = response.locals;
  if (user) await User.query().findById(user.id).patch({ language });
  if (staff) await StaffMember.query().findById(staff.id).patch({ language });
  response.cookie(LANGUAGE_COOKIE, language, { ...languageCookie, secure: request.secure });
  response.redirect(303, ownPath(back) ?? '/');
}

/** Home is where one goes: the page that was open belongs to the other customer. */
async function chooseCustomer(request: PathRequest, response: Response): Promise<void> {
  const { customer } = request.body ?? {};
  const membership = response.locals.memberships.find(({ customerId }) => isUuid(customer) && customerId === customer);
  if (!membership) throw new Unprocessable('not one of theirs');
  request.session.customerId = membership.customerId;
  await keepSession(request);
  response.redirect(303, '/');
}
