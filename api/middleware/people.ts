import type { Request, RequestHandler, Response } from 'express';
import type { Customer } from '../../models/accounts/customer.js';
import type { Membership } from '../../models/accounts/membership.js';
import type { Holder, Waiting } from '../../models/accounts/signed-in.js';
import type { StaffMember } from '../../models/accounts/staff-member.js';
import type { User } from '../../models/accounts/user.js';
import { memberMay } from '../../rules/accounts/customer-rights.js';
import type { Language } from '../../rules/accounts/languages.js';
import { ownPath } from '../../rules/accounts/own-path.js';
import { staffMay } from '../../rules/accounts/staff-rights.js';
import type { Right } from '../routing.js';
import type { BrandOnPage } from './brands.js';
import { Forbidden } from './errors.js';
import { asksForFragment } from './fragments.js';
import { type Area, endSession, hasOutlived, personOf } from './sessions.js';

declare global {
  namespace Express {
    interface Locals {
      /** In whose words and hours the page is written; a guest's hours are UTC. */
      reader: { readonly language: Language; readonly timeZone: string };
      /** The reader's, for `{{t}}`. */
      language: Language;
      brand: BrandOnPage;
      /** For whom the user acts; every record is loaded through it. There behind every `section` right. */
      customer: Customer;
      user: User;
      membership: Membership;
      /** All the user's memberships, the customers with them. */
      memberships: readonly Membership[];
      /** There behind every `staff` right. */
      staff: StaffMember;
      /** Numbers beside the sections of whoever is signed in. */
      waiting?: Waiting;
      stops?: Holder['stops'];
      csrfToken?: () => string;
      /** The address of this page, to come back to. */
      path: string;
      /** `false` when htmx asks for the view alone. */
      layout: 'customer' | 'staff' | 'plain' | false;
    }
  }
}

/** Finds out who asks: they were read anew with the session, so somebody disabled a moment ago is nobody now. */
export function knowUser(now: () => Date): RequestHandler {
  return async (request, { locals }, next) => {
    const holders = personOf(request, 'customer', now()) ? (request.holders ?? []) : [];
    const { customerId } = request.session;
    const { membership, waiting } =
      holders.find((each) => each.membership?.customerId === customerId) ?? holders[0] ?? {};
    if (membership && !hasOutlived(request, membership.user)) {
      const { user, customer } = membership;
      const memberships = holders.map((each) => each.membership);
      Object.assign(locals, { user, customer, membership, memberships, waiting });
      readAs(locals, user);
    } else if (request.session.personId) await endSession(request);
    next();
  };
}

export function knowStaff(now: () => Date): RequestHandler {
  return async (request, { locals }, next) => {
    const [holder] = personOf(request, 'staff', now()) ? (request.holders ?? []) : [];
    if (holder?.staff && !hasOutlived(request, holder.staff)) {
      Object.assign(locals, holder);
      readAs(locals, holder.staff);
    } else if (request.session.personId) await endSession(request);
    next();
  };
}

/** Nobody goes further without the right: guests are asked to sign in, others are told that it is not theirs. */
export function demand(right: Right, area: Area): RequestHandler {
  return (request, response, next) => {
    if (right === 'anyone') return next();
    const { membership, staff } = response.locals;
    if (!(area === 'staff' ? staff : membership)) return askToSignIn(request, response, area);
    if (may(right, response.locals)) return next();
    throw new Forbidden('the right is missing');
  };
}

function may(right: Exclude<Right, 'anyone'>, { membership, staff }: Express.Locals): boolean {
  if ('section' in right) return memberMay(membership.role, right.section, right.level);
  return 'staff' in right && staffMay(staff.role, right.staff);
}

/** A sign-in that ended under an open page must leave that page: a redirect would be swapped into its fragment. */
function askToSignIn(request: Request, response: Response, area: Area): void {
  const page = area === 'staff' ? '/staff/sign-in' : '/sign-in';
  const fragment = asksForFragment(request);
  const wanted = fragment
    ? currentPath(request.get('HX-Current-URL'))
    : request.method === 'GET' && ownPath(request.originalUrl);
  const address = wanted && wanted !== '/' ? `${page}?${new URLSearchParams({ to: wanted })}` : page;
  if (fragment) response.set('HX-Redirect', address).sendStatus(401);
  else response.redirect(303, address);
}

function currentPath(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function readAs(locals: Express.Locals, { language, timeZone }: { language: Language; timeZone: string }): void {
  locals.reader = { language, timeZone };
  locals.language = language;
}
