import type { Response } from 'express';
import { signOutEverywhere } from '../../../models/accounts/session-ends.js';
import { deedOf } from '../../deed.js';
import { type Area, endSession } from '../../middleware/sessions.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** Leaving by this browser, or by all of them at once. */
export function signOutRoutes(area: Area, now: () => Date): RouteDeclaration[] {
  const base = area === 'staff' ? '/staff' : '';
  const right =
    area === 'staff' ? ({ staff: 'overview:see' } as const) : ({ section: 'account', level: 'visitor' } as const);

  async function leave(request: PathRequest, response: Response): Promise<void> {
    await endSession(request);
    response.redirect(303, `${base}/sign-in`);
  }

  async function leaveEverywhere(request: PathRequest, response: Response): Promise<void> {
    const { user, staff } = response.locals;
    const person = area === 'staff' ? staff : user;
    await signOutEverywhere(person, deedOf(person, request, now()));
    await leave(request, response);
  }

  return [
    { method: 'post', path: `${base}/sign-out`, right, handle: leave },
    { method: 'post', path: `${base}/sign-out-everywhere`, right, handle: leaveEverywhere },
  ];
}
