import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { routesOf } from '../api/app.js';
import { areaOf } from '../api/middleware/guard.js';
import type { RouteDeclaration } from '../api/routing.js';
import { type StaffRole, staffMay, staffRoles } from '../rules/accounts/staff-rights.js';
import { testApp, testDeps } from './support/app.js';
import { aCustomer, aStaffMember, aUser } from './support/builders.js';
import { openDatabase } from './support/database.js';
import { signedInVisitor } from './support/signed-in.js';
import { type Answer, type Visitor, visit } from './support/visitor.js';

const rights = suite('[IAM-02] every route and every kind of person');
const REACHED = 299;

let database: { close: () => Promise<void> };
let guest: Visitor;
const people = new Map<string, Visitor>();

rights.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({}, declared().map(probed)));
  const disabled = await aUser(await aCustomer());
  const gone = await aStaffMember();
  people.set('guest', guest);
  people.set('owner', await session(await aUser(await aCustomer())));
  people.set('owner of another customer', await session(await aUser(await aCustomer())));
  people.set('user disabled a moment ago', await session(disabled));
  people.set('staff disabled a moment ago', await session(gone));
  for (const role of staffRoles) people.set(role, await session(await aStaffMember({ role })));
  await disabled.$query().patch({ disabledAt: new Date() });
  await gone.$query().patch({ disabledAt: new Date() });
});
rights.after(async () => {
  await guest.leave();
  await database.close();
});

/** A route that says that it was reached, when it is asked to do no more. */
function probed(route: RouteDeclaration): RouteDeclaration {
  return {
    ...route,
    handle: (request, response) =>
      request.get('X-Probe') ? response.status(REACHED).end() : route.handle(request, response),
  };
}

function session(person: Parameters<typeof signedInVisitor>[1]): Promise<Visitor> {
  return signedInVisitor(guest, person, { comesBack: false });
}

function declared(): RouteDeclaration[] {
  return routesOf(testDeps());
}

function addressOf({ path }: RouteDeclaration): string {
  return path.replaceAll(/[:*]\w+/g, 'nothing-of-this-name');
}

/** What the declaration promises. A guest's change is refused for want of a token before anything else is looked at. */
function promised(route: RouteDeclaration, who: string): number {
  const { method, right, guestsNeedNoToken } = route;
  const known = areaOf(route) === 'staff' ? staffRoles.includes(who as StaffRole) : who.startsWith('owner');
  if (right === 'anyone') return known || method === 'get' || guestsNeedNoToken ? REACHED : 403;
  if ('token' in right) return REACHED;
  if ('section' in right) return who.startsWith('owner') ? REACHED : 303;
  if (!staffRoles.includes(who as StaffRole)) return 303;
  return staffMay(who as StaffRole, right.staff) ? REACHED : 403;
}

async function ask(who: string, route: RouteDeclaration, headers = {}): Promise<Answer> {
  const visitor = people.get(who) ?? guest;
  return visitor.request(route.method.toUpperCase(), addressOf(route), { 'X-Probe': 'yes', ...headers });
}

rights('each is reached by those whom its declaration names, and by nobody else', async () => {
  const wrong: string[] = [];
  for (const route of declared()) {
    for (const who of people.keys()) {
      const wanted = promised(route, who);
      const { status, location } = await ask(who, route);
      const astray = status === 303 && !location?.match(/^(\/staff)?\/sign-in(\?|$)/);
      if (status !== wanted || astray) wrong.push(`${who}: ${route.method} ${route.path}: ${status}, not ${wanted}`);
    }
  }
  assert.equal(wrong, []);
});

rights('no change is taken without the session’s token, and none from another site', async () => {
  const wrong: string[] = [];
  for (const route of declared().filter(({ method }) => method !== 'get')) {
    const { right } = route;
    if (right !== 'anyone' && 'token' in right && right.token !== 'letter') continue;
    const who = right !== 'anyone' && 'staff' in right ? 'administrator' : 'owner';
    const foreign = await ask(who, route, { 'Sec-Fetch-Site': 'cross-site' });
    if (foreign.status !== 403) wrong.push(`from another site: ${route.method} ${route.path}: ${foreign.status}`);
    if (route.guestsNeedNoToken || (right !== 'anyone' && 'token' in right)) continue;
    const bare = await ask(who, route, { 'X-CSRF-Token': 'f'.repeat(64) });
    if (bare.status !== 403) wrong.push(`with a made-up token: ${route.method} ${route.path}: ${bare.status}`);
  }
  assert.equal(wrong, []);
});

rights('what nobody has is a 404 on every page, whatever stands in its place in the address', async () => {
  const wrong: string[] = [];
  const pages = declared().filter(
    ({ method, path, right }) => method === 'get' && path.includes(':') && right !== 'anyone',
  );
  for (const route of pages.filter(({ right }) => right !== 'anyone' && !('token' in right))) {
    const who = route.right !== 'anyone' && 'staff' in route.right ? 'administrator' : 'owner';
    for (const name of [
      'nothing-of-this-name',
      '00000000-0000-4000-8000-000000000000',
      '%27%20OR%201=1',
      '%00',
      '💥',
    ]) {
      const { status } = (await people.get(who)?.request('GET', route.path.replaceAll(/:\w+/g, name))) ?? { status: 0 };
      if (status !== 404) wrong.push(`${route.path} with ${name}: ${status}`);
    }
  }
  assert.equal(wrong, []);
});

rights('guests have no session until a form is drawn that needs one', async () => {
  assert.equal((await guest.get('/nothing')).headers.getSetCookie(), []);
  assert.equal((await guest.get('/')).headers.getSetCookie(), []);
  assert.is((await guest.get('/sign-in')).headers.getSetCookie().length, 1);
});

rights.run();
