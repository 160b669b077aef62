import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hashPassword, unknowableHash } from '../../../gateways/passwords.js';
import { AccountLink } from '../../../models/accounts/account-link.js';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { resetPasswordOf } from '../../../models/accounts/passwords.js';
import type { User } from '../../../models/accounts/user.js';
import { makeUser, welcomeAgain } from '../../../models/accounts/welcome.js';
import { lettersSent, linkIn } from '../../../tests/support/account-letters.js';
import { testApp } from '../../../tests/support/app.js';
import { aBrowser, type Browser } from '../../../tests/support/browser-without-scripts.js';
import { aCustomer, aStaffMember, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { codeAt, withSecondFactor } from '../../../tests/support/second-factor.js';
import { password, withPassword } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const links = suite('[IAM-01] setting a password by a link');
const clock = { now: new Date() };
const fresh = 'lac-Rouge-47';
let database: { close: () => Promise<void> };
let guest: Visitor;
let browser: Browser;
let customer: Customer;
let user: User;

links.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now: () => clock.now }));
});
links.before.each(async () => {
  clock.now = new Date('2026-11-21T14:20:00Z');
  browser = aBrowser(guest);
  customer = await aCustomer({ name: 'Coopérative du Haut-Jura' });
  await Model.knex().raw('TRUNCATE sign_in_attempts, letters, account_letters');
  const wanted = {
    name: 'Élodie Marchand',
    email: `e${Math.random()}@haut-jura.example`,
    language: 'en',
    timeZone: 'UTC',
  } as const;
  ({ user } = await makeUser(customer, { user: wanted, unknowable: await unknowableHash() }, deed()));
});
links.after(async () => {
  await guest.leave();
  await database.close();
});

const deed = () => ({ actorKind: 'staff', actorName: 'Oksana', happenedAt: clock.now }) as const;
const laterBy = (hours: number) => {
  clock.now = new Date(clock.now.getTime() + hours * 3_600_000);
};
const welcomeLink = async () => linkIn((await lettersSent(clock.now))[0] ?? { text: '' });
const isInside = async (who = browser) => (await who.get('/orders')).status === 200;

async function set(link: string, typed: string = fresh, again = typed, who = browser) {
  await who.get(link);
  return who.post(link, { password: typed, again });
}

links('lets somebody new choose one and come in, and says until when', async () => {
  const [letter] = await lettersSent(clock.now);
  assert.equal([letter?.to, letter?.subject], [user.email, 'Welcome to Northquay: choose your password']);
  assert.match(letter?.text ?? '', 'until November 23, 2026 at 2:20 PM UTC');
  const link = linkIn(letter ?? { text: '' });
  const { body } = await browser.get(link);
  assert.match(body, 'Welcome, Élodie Marchand');
  assert.match(body, '10 characters or more');
  const answer = await set(link);
  assert.equal([answer.status, answer.location], [303, '/']);
  assert.is(await isInside(), true);
  const trail = await AuditEntry.query().where({ subjectId: user.id }).orderBy('id');
  assert.equal(
    trail.map(({ action }) => action),
    ['user.made', 'password.set', 'sign_in.done'],
  );
  assert.not.ok(JSON.stringify(trail).includes(fresh));
});

links('works for 48 hours, and then says so and offers a new one', async () => {
  const link = await welcomeLink();
  laterBy(47.99);
  assert.is((await browser.get(link)).status, 200);
  laterBy(0.01);
  const late = await browser.get(link);
  assert.is(late.status, 410);
  assert.match(late.body, 'This link is too old');
  assert.is((await browser.post(link, { password: fresh, again: fresh })).status, 410);
  assert.match((await browser.post(`${link}/renewal`, {})).body, 'on its way to the same mailbox');
  const letters = await lettersSent(clock.now);
  assert.match(letters[0]?.subject ?? '', 'Welcome');
  assert.is((await set(linkIn(letters[0] ?? { text: '' }))).status, 303);
});

links('works once, however many press at once', async () => {
  const link = await welcomeLink();
  const other = aBrowser(guest);
  for (const who of [browser, other]) await who.get(link);
  const answers = await Promise.all(
    [browser, other].map((who, at) => who.post(link, { password: `${fresh}${at}`, again: `${fresh}${at}` })),
  );
  assert.equal(answers.map(({ status }) => status).sort(), [303, 410]);
  const again = await browser.get(link);
  assert.equal([again.status, again.body.includes('This link was used')], [410, true]);
});

links('a newer one puts an older one out', async () => {
  const old = await welcomeLink();
  await welcomeAgain(user, deed());
  const [letter] = await lettersSent(clock.now);
  assert.match((await browser.get(old)).body, 'There is a newer link');
  assert.is((await browser.post(old, { password: fresh, again: fresh })).status, 410);
  assert.is((await set(linkIn(letter ?? { text: '' }))).status, 303);
});

links('a letter whose link was replaced before it left does not leave', async () => {
  await welcomeAgain(user, deed());
  assert.is((await lettersSent(clock.now)).length, 1);
});

links('keeps no token, and opens nothing for one that is not ours', async () => {
  const link = await welcomeLink();
  const [, token = ''] = link.match(/set-password\/(.+)$/) ?? [];
  assert.ok(token.length >= 43);
  assert.not.ok(JSON.stringify(await Model.knex()('account_links')).includes(token));
  for (const odd of ['nothing', `${token}x`, token.toLowerCase(), '%00', '💥'])
    assert.is((await browser.get(`/set-password/${odd}`)).status, 404, odd);
  assert.is((await browser.get(`/staff${link}`)).status, 404);
  await user.$query().patch({ disabledAt: clock.now });
  assert.is((await browser.get(link)).status, 404);
});

const refused: [typed: string, again: string, says: string][] = [
  ['', '', 'Take 10 characters or more'],
  ['lac-Rouge', 'lac-Rouge', 'A digit is missing'],
  ['Marchand-4711', 'Marchand-4711', 'Your name, address or company stands in it'],
  ['Cooperative-9', 'Cooperative-9', 'Your name, address or company stands in it'],
  ['P@ssw0rd!2026', 'P@ssw0rd!2026', 'one of those that guessers try first'],
  [fresh, `${fresh}x`, 'The two are not the same'],
  [`Aa1-${'x'.repeat(397)}`, '', 'It is too long'],
  [`Aa1-${'é'.repeat(50_000)}`, '', 'It is too long'],
  ['lac-Rouge-47\u0007', 'lac-Rouge-47\u0007', 'a sign that no keyboard types'],
];
for (const [typed, again, says] of refused) {
  links(`[IAM-04] refuses ${JSON.stringify(typed.slice(0, 20))}, and gives it back to nobody`, async () => {
    const link = await welcomeLink();
    const { status, body } = await set(link, typed, again);
    assert.is(status, typed.length > 10_000 ? status : 422);
    if (status === 422) assert.match(body, says);
    assert.not.ok(typed && body.includes(typed));
    assert.is((await browser.get(link)).status, 200);
  });
}

links('[IAM-04] takes one letter for another only where they are the same letter', async () => {
  const link = await welcomeLink();
  const composed = 'Pré-fleuri-47'.normalize('NFC');
  assert.is((await set(link, composed, composed.normalize('NFD'))).status, 303);
  for (const [typed, status] of [
    [composed.normalize('NFD'), 303],
    ['Pre-fleuri-47', 422],
  ] as const) {
    const who = aBrowser(guest);
    await who.get('/sign-in');
    assert.is((await who.post('/sign-in', { name: user.email, password: typed })).status, status);
  }
});

links('of somebody else ends the session that this browser had', async () => {
  const other = await withPassword(await aUser(customer, { name: 'Mathieu Roques' }));
  await browser.get('/sign-in');
  await browser.post('/sign-in', { name: other.email, password });
  const link = await welcomeLink();
  assert.match((await browser.get(link)).body, 'You are signed in as Mathieu Roques. This link is for Élodie Marchand');
  await browser.post(link, { password: fresh, again: fresh });
  assert.match((await browser.get('/')).body, user.email);
});

links('[IAM-03] of a reset by staff: the old password and all sessions are dead at once', async () => {
  await withPassword(user);
  await browser.get('/sign-in');
  await browser.post('/sign-in', { name: user.email, password });
  laterBy(1);
  await resetPasswordOf(user, await hashPassword('nobody knows'), deed());
  assert.is(await isInside(), false);
  await browser.get('/sign-in');
  assert.is((await browser.post('/sign-in', { name: user.email, password })).status, 422);
  const letter = (await lettersSent(clock.now)).find(({ subject }) => subject.includes('set a new password'));
  assert.is((await set(linkIn(letter ?? { text: '' }))).status, 303);
  assert.is((await AccountLink.query().modify('of', user).modify('unspent')).length, 0);
});

links('[IAM-05] does not go past the second step', async () => {
  await withSecondFactor(user);
  const answer = await set(await welcomeLink());
  assert.equal([answer.location, await isInside()], ['/sign-in/code', false]);
  await browser.get('/sign-in/code');
  assert.is((await browser.post('/sign-in/code', { code: codeAt(clock.now) })).location, '/');
  const staff = await aStaffMember();
  assert.is(staff.passwordChangedAt, null);
});

links.run();
