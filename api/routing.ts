import type { Express, Request, RequestHandler, Response } from 'express';
import { NotFoundError } from 'objection';
import { type Level, levels, type Section, sections } from '../rules/accounts/customer-rights.js';
import { type StaffRight, staffRights } from '../rules/accounts/staff-rights.js';

/** Routes that know their caller by a secret in the address or a signature: no session, no CSRF; they verify themselves. */
export const capabilities = ['installation', 'webhook', 'letter', 'codec'] as const;

export type Right =
  | 'anyone'
  | { readonly token: (typeof capabilities)[number] }
  | { readonly section: Section; readonly level: Exclude<Level, 'none'> }
  | { readonly staff: StaffRight };

/** Values from the path, as the route's pattern names them. */
export type PathRequest = Request<Record<string, string>>;

export interface RouteDeclaration {
  readonly method: 'get' | 'post' | 'put' | 'delete' | 'options';
  readonly path: string;
  /** Who may come here. A route without one does not start. */
  readonly right: Right;
  /** `form` unless said otherwise; `raw` gives the handler the untouched Buffer, for signatures. */
  readonly body?: 'form' | 'json' | 'raw';
  /** Guests are not asked for a token here: what the route changes is theirs alone (a language cookie). */
  readonly guestsNeedNoToken?: boolean;
  /** The layout around the page; its area's unless said otherwise. */
  readonly layout?: 'plain';
  handle(request: PathRequest, response: Response): unknown;
}

/** What stands between a request and the handler of a right. */
export type Guard = (route: RouteDeclaration) => readonly RequestHandler[];

const mounted = new WeakMap<Express, readonly RouteDeclaration[]>();

/** The one way a route comes into the app. Throws on one that does not say who may use it, or that stands twice. */
export function mount(app: Express, declarations: readonly RouteDeclaration[], guard: Guard): void {
  const known = new Set<string>();
  for (const route of declarations) {
    const name = `${route.method.toUpperCase()} ${route.path}`;
    if (!isRight(route.right)) throw new Error(`${name} does not say who may use it`);
    if (known.has(name)) throw new Error(`${name} is declared twice`);
    known.add(name);
    app[route.method](route.path, nameable, ...guard(route), (request, response) =>
      route.handle(request as PathRequest, response),
    );
  }
  mounted.set(app, declarations);
}

/** No name of ours holds a control character, and PostgreSQL takes no NUL: such an address names nothing. */
const nameable: RequestHandler = ({ params }, _response, next) => {
  if (Object.values(params).some((value) => /\p{Cc}/u.test(String(value)))) throw new NotFoundError({});
  next();
};

/** Every route of an app, for tests that go through all of them. */
export function declaredRoutes(app: Express): readonly RouteDeclaration[] {
  return mounted.get(app) ?? [];
}

function isRight(right: unknown): right is Right {
  if (right === 'anyone') return true;
  if (typeof right !== 'object' || right === null) return false;
  if ('token' in right) return capabilities.includes(right.token as never);
  if ('staff' in right) return staffRights.includes(right.staff as never);
  if (!('section' in right && 'level' in right) || right.level === 'none') return false;
  return sections.includes(right.section as never) && levels.includes(right.level as never);
}
