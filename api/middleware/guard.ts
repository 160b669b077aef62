import express, { type RequestHandler } from 'express';
import type { Guard, Right, RouteDeclaration } from '../routing.js';
import { csrf } from './csrf.js';
import { asksForFragment } from './fragments.js';
import { demand, knowStaff, knowUser } from './people.js';
import { sameOrigin } from './same-origin.js';
import type { Area } from './sessions.js';

export interface GuardDeps {
  readonly sessions: Readonly<Record<Area, RequestHandler>>;
  readonly readBrand: RequestHandler;
  readonly now: () => Date;
}

const LARGEST = '256kb';

/**
 * What stands before each handler: who asks, whether they may, whether the change comes from a form of ours. Routes
 * that hold a capability verify it themselves; of them only letters are opened by people, on our own pages.
 */
export function createGuard({ sessions, readBrand, now }: GuardDeps): Guard {
  const known = { customer: knowUser(now), staff: knowStaff(now) };
  return (route) => {
    const { right } = route;
    if (typeof right === 'object' && 'token' in right)
      return right.token === 'letter' ? [sameOrigin, readBrand] : [...bodyOf(route)];
    const area = areaOf(route);
    const person = [sessions[area], known[area], demand(right, area), csrf(route.guestsNeedNoToken)];
    return [sameOrigin, readBrand, ...person, laidOut(route.layout ?? area)];
  };
}

/** Staff pages of everybody's (the staff sign-in) know staff sessions; all others those of customers. */
export function areaOf({ right, path }: { right: Right; path: string }): Area {
  const staff = right === 'anyone' ? path.startsWith('/staff/') : 'staff' in right;
  return staff ? 'staff' : 'customer';
}

function laidOut(layout: Area | 'plain'): RequestHandler {
  return (request, response, next) => {
    if (!asksForFragment(request)) response.locals.layout = layout;
    next();
  };
}

function bodyOf({ body = 'form' }: RouteDeclaration): RequestHandler[] {
  if (body === 'json') return [express.json({ limit: LARGEST })];
  if (body === 'raw') return [express.raw({ type: () => true, limit: LARGEST }), alwaysBuffer];
  return [];
}

/** Nothing sent, or a form where none is expected, is an empty body to a handler that verifies signatures. */
const alwaysBuffer: RequestHandler = (request, _response, next) => {
  if (!Buffer.isBuffer(request.body)) request.body = Buffer.alloc(0);
  next();
};
