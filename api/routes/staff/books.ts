import type { Response } from 'express';
import { BookCheck } from '../../../models/billing/book-check.js';
import { tellBooks } from '../../../models/billing/books-told.js';
import { staffMay } from '../../../rules/accounts/staff-rights.js';
import { presentBooks } from '../../presenters/staff/books.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { actOf } from './act.js';

export interface BooksDeps {
  readonly now: () => Date;
}

/** Whether the books hold: the last check, what was at fault, and a check at once. */
export function bookRoutes({ now }: BooksDeps): RouteDeclaration[] {
  async function show(_request: PathRequest, response: Response): Promise<void> {
    const { reader, staff } = response.locals;
    const mayAsk = staffMay(staff.role, 'billing:change');
    response.render('staff/books', presentBooks(reader, { ...(await tellBooks()), mayAsk, now: now() }));
  }

  /** Accepted as a row; the schedule takes it up within a minute. */
  async function ask(request: PathRequest, response: Response): Promise<void> {
    await BookCheck.ask(actOf(request, response, now()));
    response.redirect(303, '/staff/books');
  }

  return [
    { method: 'get', path: '/staff/books', right: { staff: 'billing:see' }, handle: show },
    { method: 'post', path: '/staff/book-checks', right: { staff: 'billing:change' }, handle: ask },
  ];
}
