import { csrfSync } from 'csrf-sync';
import type { Request, RequestHandler } from 'express';

const { generateToken, csrfSynchronisedProtection } = csrfSync({ size: 32, getTokenFromRequest: sentToken });

/**
 * Every change carries the token of its session: in the hidden field of a form (`{{> partials/csrf}}`) or in the header
 * that htmx sends. The token is made, and for a guest the session with it, when the first form that shows it is drawn.
 * Where guests need none, whoever sends none is a guest.
 */
export function csrf(guestsNeedNoToken = false): RequestHandler {
  return (request, response, next) => {
    response.locals.csrfToken = () => generateToken(request);
    const asGuest = guestsNeedNoToken && !(request.session.personId && sentToken(request));
    if (!asGuest) return csrfSynchronisedProtection(request, response, next);
    const { user: _user, staff: _staff, ...guest } = response.locals;
    response.locals = guest as typeof response.locals;
    next();
  };
}

function sentToken(request: Request): string | undefined {
  const sent: unknown = request.get('X-CSRF-Token') ?? request.body?._csrf;
  return typeof sent === 'string' ? sent : undefined;
}
