import type { Response } from 'express';
import { presentHome } from '../../presenters/home.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** The first page: what needs the customer, and what they have. Guests are shown what there is to buy. */
export function homeRoutes(now: () => Date): RouteDeclaration[] {
  async function home(_request: PathRequest, response: Response): Promise<void> {
    const { user, reader } = response.locals;
    if (!user) return response.redirect(303, '/catalogue');
    response.render('accounts/home', presentHome(reader, { user, now: now() }));
  }

  return [{ method: 'get', path: '/', right: 'anyone', handle: home }];
}
