import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testApp } from '../support/app.js';
import { openDatabase } from '../support/database.js';
import { signedInVisitor } from '../support/signed-in.js';
import { type Fields, type Visitor, visit } from '../support/visitor.js';
import { addressOf, changes, isStaffs, nameOf, routesOfPeople } from './addresses.js';
import { formOf } from './forms.js';
import { everythingOf, type Holding, now } from './holding.js';
import { changesBetween, everyRow } from './rows.js';

const gate = suite('[SET-08] a form that comes from elsewhere');
let database: { close: () => Promise<void> };
let guest: Visitor;
let own: Holding;
let heard: Fields = {};
const sessions: { customer: Fields; staff: Fields; other: Fields } = { customer: {}, staff: {}, other: {} };

gate.before(async () => {
  database = await openDatabase();
  own = await everythingOf('zqb-own');
  const other = await everythingOf('zqa-other');
  guest = await visit(testApp({ now: () => now, logError: () => {} }));
  sessions.customer = await sessionOf(own.user);
  sessions.staff = await sessionOf(own.staff);
  sessions.other = await sessionOf(other.user);
});
gate.after(async () => {
  await guest.leave();
  await database.close();
});

/** The cookie and the token of somebody who has just signed in. */
async function sessionOf(person: Parameters<typeof signedInVisitor>[1]): Promise<Fields> {
  const overheard: Visitor = {
    ...guest,
    get: (path, headers = {}) => {
      heard = headers;
      return guest.get(path, headers);
    },
  };
  const visitor = await signedInVisitor(overheard, person);
  await visitor.get(person === own.staff ? '/staff/account' : '/account');
  await visitor.get('/account');
  return heard;
}

/** What a browser says when another site makes it send a form of ours, by its age and by how it was made to. */
function elsewhere({ Cookie = '', 'X-CSRF-Token': token = '' }: Fields): Readonly<Record<string, Fields>> {
  const known = { Cookie, 'X-CSRF-Token': token };
  const foreign = sessions.other['X-CSRF-Token'] ?? '';
  return {
    'another site': { ...known, 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
    'a sibling domain': { ...known, 'Sec-Fetch-Site': 'same-site', Origin: 'https://blog.shop.example' },
    'another site in an old browser': { ...known, Origin: 'https://evil.example' },
    'a frame without an origin': { ...known, Origin: 'null' },
    'a name that begins like ours': { ...known, Origin: `${guest.origin}.evil.example` },
    'a browser that says nothing': known,
    'another site by htmx': { ...known, 'HX-Request': 'true', 'Sec-Fetch-Site': 'cross-site' },
    'our own site without a token': { Cookie, 'Sec-Fetch-Site': 'same-origin' },
    'our own site with an empty token': { Cookie, 'X-CSRF-Token': '', 'Sec-Fetch-Site': 'same-origin' },
    'our own site with the token of somebody else': {
      ...known,
      'X-CSRF-Token': foreign,
      'Sec-Fetch-Site': 'same-origin',
    },
    'htmx without a token': { Cookie, 'HX-Request': 'true', 'Sec-Fetch-Site': 'same-origin' },
  };
}

gate('changes nothing, whatever the form and however old the browser', async () => {
  const before = await everyRow();
  const wrong: string[] = [];
  for (const route of routesOfPeople().filter(changes)) {
    const session = isStaffs(route) ? sessions.staff : sessions.customer;
    for (const [where, headers] of Object.entries(elsewhere(session))) {
      const tokenless = /token/.test(where) && route.guestsNeedNoToken; // whoever sends none is a guest there
      const { status } = await guest.post(addressOf(route, own), formOf(route, own), headers);
      if (status !== 403 && !tokenless) wrong.push(`${nameOf(route)} from ${where}: ${status}`);
    }
  }
  assert.equal(wrong, []);
  assert.equal(changesBetween(before, await everyRow()), []);
});

gate('is no address either: what is only looked at changes nothing, a `_method` in the address included', async () => {
  const before = await everyRow();
  const wrong: string[] = [];
  for (const route of routesOfPeople()) {
    if (/\.(png|jpeg|svg|pdf)$/.test(route.path) || route.path === '/cards/new') continue;
    const session = isStaffs(route) ? sessions.staff : sessions.customer;
    const headers = { Cookie: session.Cookie ?? '', 'Sec-Fetch-Site': 'cross-site' };
    const { status } = await guest.get(`${addressOf(route, own)}?_method=delete`, headers);
    if (status >= 500) wrong.push(`${nameOf(route)}: ${status}`);
  }
  assert.equal(wrong, []);
  assert.equal(changesBetween(before, await everyRow()), []);
});

gate('is shown in no frame of anybody, errors and files included', async () => {
  const wrong: string[] = [];
  for (const route of routesOfPeople().filter((each) => !changes(each))) {
    const { Cookie = '' } = isStaffs(route) ? sessions.staff : sessions.customer;
    const signedIn = await guest.get(addressOf(route, own), { Cookie });
    for (const { headers, status } of [signedIn, await guest.get(addressOf(route, own))]) {
      const policy = headers.get('content-security-policy') ?? '';
      const framed = !/frame-ancestors 'none'/.test(policy) || !headers.get('x-frame-options');
      const guessed = headers.get('x-content-type-options') !== 'nosniff';
      if (framed || guessed || /unsafe-(inline|eval)/.test(policy)) wrong.push(`${nameOf(route)}: ${status}`);
    }
  }
  assert.equal(wrong, []);
});

gate.run();
