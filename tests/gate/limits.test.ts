import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSignInLimits } from '../../api/middleware/sign-in-limits.js';
import { resetPasswordOf } from '../../models/accounts/passwords.js';
import { lettersSent, linkIn } from '../support/account-letters.js';
import { testApp } from '../support/app.js';
import { aBrowser, type Browser } from '../support/browser-without-scripts.js';
import { aCustomer, aStaffMember, aUser } from '../support/builders.js';
import { openDatabase } from '../support/database.js';
import { codeAt, withSecondFactor } from '../support/second-factor.js';
import { password, withPassword } from '../support/signed-in.js';
import { type Fields, type Visitor, visit } from '../support/visitor.js';
import { changes, nameOf, routesOfPeople } from './addresses.js';

const gate = suite('[IAM-02] [S10] whoever tries again and again');
const now = new Date('2027-03-11T12:00:00Z');
const fresh = { password: 'lac-Rouge-47', again: 'lac-Rouge-47' };
let database: { close: () => Promise<void> };
let guest: Visitor;

gate.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now: () => now, trustedProxies: '127.0.0.1' }));
});
gate.before.each(() => Model.knex().raw('TRUNCATE sign_in_attempts'));
gate.after(async () => {
  await guest.leave();
  await database.close();
});

const doors = {
  '': async () => withPassword(await aUser(await aCustomer())),
  '/staff': async () => withPassword(await aStaffMember()),
} as const;
type Door = keyof typeof doors;
type Person = Awaited<ReturnType<(typeof doors)[Door]>>;

/** Somebody at a door, as far in as the form asks for. */
const stands = {
  outside: async () => {},
  'behind the password': async (door: Door, person: Person, browser: Browser) => {
    await browser.get(`${door}/sign-in`);
    const { location } = await browser.post(`${door}/sign-in`, { name: person.email, password });
    await browser.get(location ?? '');
  },
  inside: async (door: Door, person: Person, browser: Browser) => {
    await withSecondFactor(person);
    await stands['behind the password'](door, person, browser);
    const { status } = await browser.post(`${door}/sign-in/code`, { code: codeAt(now) });
    assert.is(status, 303);
  },
};

interface Guess {
  readonly path: string;
  readonly stand: keyof typeof stands;
  readonly fields: (person: Person) => Fields;
}

/** Every form that takes a secret or sends a letter, and a wrong guess at it; the same at both doors. */
const guesses: readonly Guess[] = [
  { path: '/sign-in', stand: 'outside', fields: ({ email }) => ({ name: email, password: 'wrong' }) },
  { path: '/password-reset', stand: 'outside', fields: ({ email }) => ({ name: email }) },
  { path: '/sign-in/code', stand: 'behind the password', fields: () => ({ code: '000000' }) },
  { path: '/sign-in/code', stand: 'behind the password', fields: () => ({ recovery: 'aaaa-bbbb-cccc-dddd' }) },
  { path: '/account/password', stand: 'inside', fields: () => ({ current: 'wrong', ...fresh }) },
  { path: '/account/second-factor/removal', stand: 'inside', fields: () => ({ current: password, code: '000000' }) },
  { path: '/account/recovery-codes', stand: 'inside', fields: () => ({ current: 'wrong', code: '000000' }) },
];

for (const door of Object.keys(doors) as Door[]) {
  for (const { path, stand, fields } of guesses) {
    const how = Object.keys(fields({} as Person)).join(' and ');
    gate(`${door}${path} takes ten guesses of ${how} at most, in whatever browser`, async () => {
      const person = await doors[door]();
      if (path === '/sign-in/code') await withSecondFactor(person);
      const browser = aBrowser(guest);
      await stands[stand](door, person, browser);
      await browser.get(door + path);
      const answers: number[] = [];
      while (answers.length < 11 && answers.at(-1) !== 429)
        answers.push((await browser.post(door + path, fields(person))).status);
      assert.is(answers.pop(), 429);
      assert.not.ok(answers.includes(303));
    });
  }

  gate(`${door}/second-factor, where one is set up before coming in, takes no more`, async () => {
    const colleague = await aStaffMember();
    const person = door ? colleague : await doors[door]();
    if (!door) await Model.knex()('customers').update({ demandsSecondFactor: true });
    await withPassword(person);
    const browser = aBrowser(guest);
    await stands['behind the password'](door, person, browser);
    const answers: number[] = [];
    while (answers.length < 11 && answers.at(-1) !== 429)
      answers.push((await browser.post(`${door}/second-factor`, { code: '000000' })).status);
    assert.is(answers.at(-1), 429);
    await Model.knex()('customers').update({ demandsSecondFactor: false });
  });

  gate(`${door}/set-password/…/renewal sends three letters at most`, async () => {
    const person = await doors[door]();
    const deed = { actorKind: 'staff', actorName: 'Oksana', happenedAt: new Date(now.getTime() - 3 * 86_400_000) };
    await resetPasswordOf(person, person.passwordHash, deed as Parameters<typeof resetPasswordOf>[2]);
    const link = linkIn((await lettersSent(deed.happenedAt)).at(-1) ?? { text: '' });
    const browser = aBrowser(guest);
    await browser.get(link);
    const answers: number[] = [];
    for (let tries = 0; tries < 4; tries++) answers.push((await browser.post(`${link}/renewal`, {})).status);
    assert.equal(answers, [200, 200, 200, 429]);
  });
}

/** Taken without a count: a link holds 256 bits of chance, and the rest asks for no secret. */
const uncounted =
  /\/sign-out|^\/staff\/(users|members|payments)\/|\/customers\/|^(\/staff)?\/account\/(second-factor|rules)$/;

gate('no form that takes a password or a code is forgotten here', () => {
  const paths = routesOfPeople()
    .filter((route) => changes(route) && /sign-|password|factor|recovery|account/.test(route.path))
    .filter(({ path }) => !uncounted.test(path));
  const known = Object.keys(doors).flatMap((door) => [
    ...guesses.map(({ path }) => door + path),
    `${door}/second-factor`,
  ]);
  assert.equal(
    paths.map(({ path }) => path).filter((path) => !known.includes(path)),
    [],
    paths.map(nameOf).join(),
  );
});

const limits = (what: 'password' | 'code' | 'letter') => createSignInLimits(Model.knex(), () => now, what);
const kinds = { password: 60, code: 60, letter: 20 } as const;

for (const [what, allowed] of Object.entries(kinds) as [keyof typeof kinds, number][]) {
  gate(`one address tries ${allowed} ${what}s, however many names it takes and however it is written`, async () => {
    const counted = limits(what);
    const refused: number[] = [];
    for (let tries = 1; tries <= allowed + 1; tries++) {
      const address = tries % 2 ? `2001:db8:4a:6::${tries.toString(16)}` : '2001:db8:4a:6:ffff:1:2:3';
      if (await counted.count('customer', `name-${tries}`, address)) refused.push(tries);
    }
    assert.equal(refused, [allowed + 1]);
    assert.is(await counted.count('customer', 'another', '2001:db8:4a:7::1'), undefined);
  });
}

gate('one name is one name, however it is spelled to the database', async () => {
  const counted = limits('letter');
  const spellings = ['olivia@mail.example', 'OLIVIA@mail.example', ' olİvia@mail.example', 'olivİa@maİl.example'];
  const refused = [];
  for (const name of spellings)
    refused.push(Boolean(await counted.count('customer', name, `192.0.2.${refused.length}`)));
  assert.equal(refused, [false, false, false, true]);
  for (const name of spellings.map((each) => each.trim())) {
    const { rows } = await Model.knex().raw('SELECT lower(?) = lower(?) AS same', [name, spellings[0] ?? '']);
    assert.is(rows[0].same, true, `${name} is another to this database: then it may be one here as well`);
  }
});

gate.run();
