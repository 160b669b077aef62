import { request as ask } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RouteDeclaration } from '../../api/routing.js';
import { testApp } from '../support/app.js';
import { openDatabase } from '../support/database.js';
import { signedInVisitor } from '../support/signed-in.js';
import { type Fields, type Visitor, visit } from '../support/visitor.js';
import { addressOf, changes, isStaffs, nameOf, routesOfPeople } from './addresses.js';
import { everythingOf, type Holding, now } from './holding.js';

const gate = suite('[IAM-03] [S11] a request that lies about where it was sent to');
let database: { close: () => Promise<void> };
let own: Holding;
/** Without a proxy in front, and behind one whose word is taken. */
const shops: { readonly guest: Visitor; readonly customer: Fields; readonly staff: Fields }[] = [];

gate.before(async () => {
  database = await openDatabase();
  own = await everythingOf('zqh-own');
  for (const trustedProxies of [undefined, '127.0.0.1']) {
    const guest = await visit(testApp({ now: () => now, trustedProxies, logError: () => {} }));
    shops.push({ guest, customer: await cookiesOf(guest, own.user), staff: await cookiesOf(guest, own.staff) });
  }
});
gate.after(async () => {
  for (const { guest } of shops) await guest.leave();
  await database.close();
});

async function cookiesOf(guest: Visitor, person: Parameters<typeof signedInVisitor>[1]): Promise<Fields> {
  let heard: Fields = {};
  const get: Visitor['get'] = (path, headers = {}) => {
    heard = headers;
    return guest.get(path, headers);
  };
  const visitor = await signedInVisitor({ ...guest, get }, person);
  await visitor.get(person === own.staff ? '/staff/account' : '/account');
  return heard;
}

const EVIL = 'evil.example';
const forwarded = ['X-Forwarded-Host', 'X-Forwarded-Server', 'X-Host', 'X-Original-Host', 'X-HTTP-Host-Override'];
const lies: Readonly<Record<string, Fields>> = {
  'its host': { Host: EVIL, Referer: `http://${EVIL}//${EVIL}/there`, 'HX-Current-URL': `http://${EVIL}//${EVIL}` },
  'who forwarded it': {
    ...Object.fromEntries(forwarded.map((name) => [name, EVIL])),
    ...{ 'X-Forwarded-Proto': 'https', 'X-Forwarded-Port': '666', Forwarded: `host=${EVIL};proto=https` },
    ...{ 'X-Forwarded-Prefix': `//${EVIL}`, 'X-Original-URL': '/staff/sign-in', 'X-Rewrite-URL': '/staff/sign-in' },
  },
  'the page before': { Referer: `http://${EVIL}/there`, 'HX-Current-URL': `http://${EVIL}/there` },
};

/** Addresses as proxies and careless clients write them. */
const written = [(path: string) => `http://${EVIL}${path}`, (path: string) => `//${EVIL}${path}`];

/** By the bare protocol: clients with manners set the host themselves. */
function answerOf(origin: string, path: string, headers: Fields): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const sent = ask({ hostname, port, path, headers }, (response) => {
      const told = JSON.stringify(response.headers);
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve(`${response.statusCode} ${told} ${body}`));
    });
    sent.on('error', reject).end();
  });
}

const asked = (): RouteDeclaration[] =>
  routesOfPeople().filter((route) => !changes(route) && !/\.(png|jpeg|svg|pdf|csv)$|^\/cards\/new$/.test(route.path));

function wrongIn(told: string, route: RouteDeclaration): string[] {
  const repeats = told.match(/.{0,60}evil\.example/)?.[0];
  const isStaffDoor = /action="\/staff\/sign-in/.test(told) && !route.path.startsWith('/staff');
  const faults = [repeats, told.startsWith('5') && told.slice(0, 80), isStaffDoor && 'is another page'];
  return faults.filter(Boolean).map((fault) => `${nameOf(route)}: ${fault}`);
}

for (const [what, headers] of Object.entries(lies)) {
  gate(`lying about ${what}: no page repeats it, leads to it, or is another page`, async () => {
    const wrong: string[] = [];
    for (const { guest, ...sessions } of shops) {
      for (const route of asked()) {
        const session = isStaffs(route) ? sessions.staff : sessions.customer;
        for (const who of [session, {}])
          wrong.push(...wrongIn(await answerOf(guest.origin, addressOf(route, own), { ...who, ...headers }), route));
      }
    }
    assert.equal(wrong, []);
  });
}

gate('writing another shop into the address: no page repeats it or leads to it', async () => {
  const [shop] = shops as [(typeof shops)[number]];
  const wrong: string[] = [];
  for (const write of written) {
    for (const route of asked().filter(({ path }) => !path.includes(':'))) {
      const session = isStaffs(route) ? shop.staff : shop.customer;
      for (const who of [session, {}])
        wrong.push(...wrongIn(await answerOf(shop.guest.origin, write(route.path), who), route));
    }
  }
  assert.equal(wrong, []);
});

const splits = [
  '/x\r\nSet-Cookie: qm_staff=planted',
  '/x%0d%0aSet-Cookie:%20qm_staff=planted',
  '/\u560d\u560aLocation: evil',
];

gate('a line break in whatever comes back in a head begins no other head', async () => {
  const wrong: string[] = [];
  for (const { guest, customer } of shops) {
    for (const split of splits) {
      const query = new URLSearchParams({ to: split, back: split, language: split });
      const posted = new URLSearchParams({ language: 'en', back: split });
      const answers = [
        await guest.get(`/sign-in?${query}`),
        await guest.get(`/orders?${query}`),
        await guest.get('/orders', { 'HX-Request': 'true', 'HX-Current-URL': `${guest.origin}${encodeURI(split)}` }),
        await guest.post('/language', posted, { Cookie: 'qm_language=en' }),
        await guest.post('/language', posted, customer),
      ];
      for (const { headers } of answers) {
        const cookies = headers.getSetCookie().filter((cookie) => !/^qm_(customer|language)=/.test(cookie));
        const location = headers.get('location') ?? headers.get('hx-redirect') ?? '/';
        if (cookies.length > 0 || /[\r\n]|^[^/]|^\/\//.test(location)) wrong.push(`${split} ${location}`);
      }
    }
  }
  assert.equal(wrong, []);
});

gate.run();
