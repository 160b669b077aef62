import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codeOf } from '../../../gateways/authenticator.js';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { Membership } from '../../../models/accounts/membership.js';
import { RecoveryCode } from '../../../models/accounts/recovery-code.js';
import { SecondFactor } from '../../../models/accounts/second-factor.js';
import type { User } from '../../../models/accounts/user.js';
import { stepAt } from '../../../rules/accounts/one-time-code.js';
import { lettersSent } from '../../../tests/support/account-letters.js';
import { testApp } from '../../../tests/support/app.js';
import { aBrowser, type Browser } from '../../../tests/support/browser-without-scripts.js';
import { aCustomer, aStaffMember, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { codeAt, sealer, withSecondFactor } from '../../../tests/support/second-factor.js';
import { password, withPassword } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const account = suite('[SET-08] a person’s own account');
const clock = { now: new Date() };
const fresh = 'lac-Rouge-47';
let database: { close: () => Promise<void> };
let guest: Visitor;
let browser: Browser;
let elsewhere: Browser;
let customer: Customer;
let user: User;

account.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now: () => clock.now, trustedProxies: '127.0.0.1' }));
});
account.before.each(async () => {
  clock.now = new Date('2026-11-21T14:20:00Z');
  await Model.knex().raw('TRUNCATE sign_in_attempts, letters, account_letters');
  customer = await aCustomer({ name: 'Haut-Jura' });
  user = await withPassword(await aUser(customer));
  browser = await signedIn(user.email);
  elsewhere = await signedIn(user.email);
  later(1);
});
account.after(async () => {
  await guest.leave();
  await database.close();
});

const later = (minutes: number) => {
  clock.now = new Date(clock.now.getTime() + minutes * 60_000);
};
const isInside = async (who: Browser) => (await who.get('/account')).status === 200;
const subjects = async () => (await lettersSent(clock.now)).map(({ subject }) => subject);
const trailOf = async ({ id }: { id: string }) =>
  (await AuditEntry.query().where({ subjectId: id }).orderBy('id')).map(({ action }) => action);

async function signedIn(name: string, typed = password, headers = {}): Promise<Browser> {
  const who = aBrowser(guest);
  await who.get('/sign-in');
  const { location } = await who.post('/sign-in', { name, password: typed }, headers);
  if (location) await who.get(location);
  return who;
}

async function send(path: string, fields: Record<string, string>, who = browser) {
  await who.get(path);
  return who.post(path, fields);
}

account('shows how one comes in, and from where one did', async () => {
  const { body } = await browser.get('/account');
  for (const words of [
    user.email,
    '127.0.0.1',
    'signed in in 2 browsers',
    'Turn on the second step',
    'Rules for everybody who acts for Haut-Jura',
  ])
    assert.match(body, words);
});

account('changes the password, ends the other sessions, tells by letter and in the trail', async () => {
  const answer = await send('/account/password', { current: password, password: fresh, again: fresh });
  assert.is(answer.location, '/account?done=password');
  assert.equal([await isInside(browser), await isInside(elsewhere)], [true, false]);
  assert.is(await isInside(await signedIn(user.email)), false);
  assert.is(await isInside(await signedIn(user.email, fresh)), true);
  assert.equal(await subjects(), ['Northquay: your password was changed']);
  assert.ok((await trailOf(user)).includes('password.changed'));
  assert.not.ok(JSON.stringify(await AuditEntry.query()).includes(fresh));
});

account('changes nothing without the old password, or for a bad new one', async () => {
  const table: [fields: Record<string, string>, says: string][] = [
    [{ current: 'wrong', password: fresh, again: fresh }, 'This is not your password'],
    [{ current: '', password: fresh, again: fresh }, 'This is not your password'],
    [{ current: password, password: 'short', again: 'short' }, 'Take 10 characters or more'],
    [{ current: password, password: 'Password-1234', again: 'Password-1234' }, 'guessers try first'],
    [{ current: password, password: fresh, again: 'other' }, 'The two are not the same'],
  ];
  for (const [fields, says] of table) {
    const { status, body } = await send('/account/password', fields);
    assert.is(status, 422, says);
    assert.match(body, says);
    assert.not.match(body, fresh);
  }
  assert.is(await isInside(elsewhere), true);
});

account('takes no endless guesses of the old password from a browser left open', async () => {
  for (let tries = 0; tries < 5; tries++)
    assert.is((await send('/account/password', { current: `x${tries}`, password: fresh, again: fresh })).status, 422);
  assert.is((await send('/account/password', { current: password, password: fresh, again: fresh })).status, 429);
});

async function turnOn(who = browser): Promise<string> {
  assert.is((await send('/account', {}, who)).status, 404);
  await who.get('/account');
  assert.is((await who.post('/account/second-factor', {})).location, '/second-factor');
  const row = await SecondFactor.query().modify('of', user).first().throwIfNotFound();
  const code = codeOf(sealer.open(row.sealedSecret), stepAt(clock.now));
  await who.get('/second-factor');
  assert.is((await who.post('/second-factor', { code, current: 'wrong' })).status, 422);
  const done = await who.post('/second-factor', { code, current: password });
  assert.match(done.body, 'href="/account"');
  return done.body.match(/[0-9a-z]{4}(-[0-9a-z]{4}){3}/)?.[0] ?? '';
}

account('[IAM-05] has a second step by choice, which is asked for from then on', async () => {
  const recovery = await turnOn();
  assert.equal([await isInside(browser), await isInside(elsewhere)], [true, false]);
  assert.equal(await subjects(), ['Northquay: the second step is on']);
  const again = await signedIn(user.email);
  assert.is(await isInside(again), false);
  assert.is((await again.post('/sign-in/code', { recovery })).location, '/');
  const [letter] = (await lettersSent(clock.now)).filter(({ subject }) => subject.includes('recovery code was used'));
  assert.match(letter?.text ?? '', /Codes left +9/);
});

account('[IAM-05] turns it off by password and code alone, or by password and recovery code', async () => {
  await withSecondFactor(user);
  const path = '/account/second-factor/removal';
  for (const fields of [{ current: password, code: '000000' }, { current: 'x', code: codeAt(clock.now) }, {}])
    assert.is((await send(path, fields as Record<string, string>)).status, 422);
  assert.ok(await SecondFactor.standing(user));
  assert.is((await send(path, { current: password, code: codeAt(clock.now) })).location, '/account?done=off');
  assert.is(await SecondFactor.standing(user), undefined);
  assert.equal([await isInside(browser), await isInside(elsewhere)], [true, false]);
  assert.is((await browser.get(path)).location, '/account');
  assert.ok((await trailOf(user)).includes('second_factor.turned_off'));
});

account('[IAM-05] draws new recovery codes, with which the old ones are gone', async () => {
  await withSecondFactor(user);
  const { id } = (await SecondFactor.standing(user)) ?? { id: '' };
  await Model.transaction((trx) => RecoveryCode.replace(id, ['k7m2-9xw4-p3n8-q5rt'], trx));
  const { status, body } = await send('/account/recovery-codes', { current: password, code: codeAt(clock.now) });
  assert.equal([status, body.match(/[0-9a-z]{4}(-[0-9a-z]{4}){3}/g)?.length], [200, 10]);
  assert.is(await RecoveryCode.useUp(id, 'k7m2-9xw4-p3n8-q5rt', clock.now), false);
});

account('[IAM-05] of staff is never without: taken off, it is set up anew before anything else', async () => {
  const staff = await withSecondFactor(await withPassword(await aStaffMember()));
  const who = aBrowser(guest);
  const enter = async () => {
    await who.get('/staff/sign-in');
    return (await who.post('/staff/sign-in', { name: staff.email, password })).location;
  };
  await who.get((await enter()) ?? '');
  await who.post('/staff/sign-in/code', { code: codeAt(clock.now) });
  later(1);
  await who.get('/staff/account/second-factor/removal');
  const { location } = await who.post('/staff/account/second-factor/removal', {
    current: password,
    code: codeAt(clock.now),
  });
  assert.equal([location, (await who.get('/staff')).location], ['/staff/sign-in', '/staff/sign-in?to=%2Fstaff']);
  assert.is(await enter(), '/staff/second-factor');
});

account('[IAM-05] obeys what the customer demands: others are signed out and set it up', async () => {
  const other = await withPassword(await aUser(customer));
  const theirs = await signedIn(other.email);
  const rules = { demandsSecondFactor: 'on', passwordLevel: 'medium' };
  assert.is((await send('/account/rules', rules)).status, 422); // not before oneself
  await turnOn();
  later(1);
  assert.is((await send('/account/rules', rules)).location, '/account?done=rules');
  assert.equal([await isInside(browser), await isInside(theirs)], [true, false]);
  await theirs.get('/sign-in');
  assert.is((await theirs.post('/sign-in', { name: other.email, password })).location, '/second-factor');
  const entry = await AuditEntry.query().findOne({ customerId: customer.id, action: 'account_rules.changed' });
  assert.equal(entry?.before, { demandsSecondFactor: false, passwordLevel: 'strong' });
  assert.equal(entry?.after, { demandsSecondFactor: true, passwordLevel: 'medium' });
  assert.match((await browser.get('/account/password')).body, '8 characters or more');

  const stricter = await aCustomer();
  await Membership.query().insert({ userId: user.id, customerId: stricter.id, role: 'owner' });
  assert.match((await browser.get('/account/password')).body, '10 characters or more');
  assert.is((await send('/account/rules', { passwordLevel: 'none' })).status, 422);
});

account('[IAM-06] a sign-in from a new address is told by letter, the very first is not', async () => {
  assert.equal(await subjects(), []);
  const from = (address: string) => signedIn(user.email, password, { 'X-Forwarded-For': address });
  await from('203.0.113.9');
  await from('203.0.113.9');
  const [letter, ...more] = await lettersSent(clock.now);
  assert.equal([letter?.subject, more.length], ['Northquay: signed in from a new address', 0]);
  for (const words of ['203.0.113.9', 'November 21, 2026', 'https://shop.example/password-reset'])
    assert.match(letter?.text ?? '', words);
  await from('2001:db8:1:2::1');
  await from('2001:db8:1:2:aaaa::1'); // the same network: nothing new
  assert.is((await lettersSent(clock.now)).length, 1);
});

account.run();
