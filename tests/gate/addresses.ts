import { routesOf } from '../../api/app.js';
import { areaOf } from '../../api/middleware/guard.js';
import type { RouteDeclaration } from '../../api/routing.js';
import { testDeps } from '../support/app.js';
import type { Holding } from './holding.js';

export type Filled = (holding: Holding) => string;

/** What stands in the place of each value in an address. A new one is written down here, or the gate fails. */
const values: Readonly<Record<string, Filled>> = {
  '/catalogue/:slug': ({ drawn }) => drawn.product.slug,
  '/terms/:version': () => '12',
  '/orders/:number': ({ order }) => order,
  '/invoices/:number': ({ invoice }) => invoice,
  '/credit-notes/:number': ({ creditNote }) => creditNote,
  '/cards/:id': ({ card }) => card,
  '/servers/:slug': ({ service }) => service.slug,
  '/servers/:slug/power/:command': () => 'cycle',
  '/servers/:slug/power-commands/:id': ({ command }) => command,
  '/services/:slug': ({ service }) => service.slug,
  '/staff/tasks/:id': ({ task }) => task,
  '/staff/orders/:number': ({ order }) => order,
  '/staff/invoices/:number': ({ invoice }) => invoice,
  '/staff/payments/:number': ({ invoice }) => invoice,
  '/staff/refunds/:id': ({ refund }) => refund,
  '/staff/payment-batches/:id': () => 'b7f9c2ba-e88f-4f7e-b8d4-1f1f52c6a001',
  '/staff/customers/:number': ({ customer }) => customer.number,
  '/staff/servers/:label': ({ server }) => server.label,
  '/staff/servers/:label/power/:command': () => 'cycle',
  '/staff/servers/:label/power-commands/:id': ({ command }) => command,
  '/staff/prefixes/:block': ({ prefix }) => prefix.replace('/', '-'),
  '/staff/prefixes/:block/reservations/:id': ({ reservation }) => reservation,
  '/staff/switches/:name': ({ switchName }) => switchName,
  '/staff/switch-ports/:id': ({ port }) => port,
  '/staff/stops/:id': ({ stop }) => stop,
  '/staff/users/:id': ({ user }) => user.id,
  '/staff/members/:id': ({ staff }) => staff.id,
};

/** Every route of the product that knows its caller by a session; who has a token in the address is meant to have it. */
export function routesOfPeople(): RouteDeclaration[] {
  return routesOf(testDeps()).filter(
    ({ right, path }) => !(typeof right === 'object' && 'token' in right) && !path.includes(':token'),
  );
}

export const isStaffs = (route: RouteDeclaration) => areaOf(route) === 'staff';
export const changes = ({ method }: RouteDeclaration) => method !== 'get' && method !== 'options';
export const nameOf = ({ method, path }: RouteDeclaration) => `${method.toUpperCase()} ${path}`;

/** The route's address with what that customer has. Throws on one that nobody wrote down. */
export function addressOf({ path }: RouteDeclaration, holding: Holding): string {
  const parts = path.split('/');
  return parts
    .map((part, index) => {
      const [, name, ending = ''] = part.match(/^(:\w+)(\..+)?$/) ?? [];
      if (!name) return part;
      const known = values[[...parts.slice(0, index), name].join('/')];
      if (!known) throw new Error(`write down in tests/gate/addresses.ts what ${name} of ${path} is`);
      return encodeURIComponent(known(holding)) + ending;
    })
    .join('/');
}
