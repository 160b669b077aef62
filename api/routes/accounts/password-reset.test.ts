import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Customer } from '../../../models/accounts/customer.js';
import { PasswordReset } from '../../../models/accounts/password-reset.js';
import type { User } from '../../../models/accounts/user.js';
import { ProcessStart } from '../../../models/durable/process-start.js';
import { lettersSent, linkIn } from '../../../tests/support/account-letters.js';
import { testApp } from '../../../tests/support/app.js';
import { aBrowser, type Browser } from '../../../tests/support/browser-without-scripts.js';
import { aCustomer, aStaffMember, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { password, withPassword } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const reset = suite('[IAM-03] asking for a new password');
const clock = { now: new Date() };
const page = '/password-reset';
let database: { close: () => Promise<void> };
let guest: Visitor;
let browser: Browser;
let customer: Customer;
let user: User;

reset.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now: () => clock.now }));
  customer = await aCustomer();
});
reset.before.each(async () => {
  clock.now = new Date('2026-11-21T14:20:00Z');
  browser = aBrowser(guest);
  await Model.knex().raw('TRUNCATE sign_in_attempts, letters, account_letters, password_resets');
  user = await withPassword(await aUser(customer, { loginName: `login-${Math.random()}`.slice(0, 20) }));
});
reset.after(async () => {
  await guest.leave();
  await database.close();
});

async function ask(name: string, { door = page, headers = {} } = {}) {
  await browser.get(door);
  return browser.post(door, { name }, headers);
}

const bare = (body: string) => body.replace(/value="[^"]*"/g, '');

reset('sends a letter whose link sets one, once, within two hours', async () => {
  assert.is((await ask(user.email)).status, 200);
  const [letter] = await lettersSent(clock.now);
  assert.equal([letter?.to, letter?.subject], [user.email, 'Northquay: set a new password']);
  assert.match(letter?.text ?? '', '127.0.0.1');
  const link = linkIn(letter ?? { text: '' });
  clock.now = new Date(clock.now.getTime() + 7_199_000);
  await browser.get(link);
  assert.is((await browser.post(link, { password: 'lac-Rouge-47', again: 'lac-Rouge-47' })).location, '/');
  const told = await lettersSent(clock.now);
  assert.equal(
    told.map(({ subject }) => subject),
    ['Northquay: your password was changed'],
  );
  assert.is((await browser.get(link)).status, 410);
});

reset('knows people by login name too, and staff by their own door', async () => {
  const staff = await withPassword(await aStaffMember());
  await ask(user.loginName ?? '');
  await ask(staff.email, { door: '/staff/password-reset' });
  await ask(staff.email);
  const letters = await lettersSent(clock.now);
  assert.equal(
    letters.map(({ to }) => to),
    [user.email, staff.email],
  );
  assert.match(linkIn(letters[1] ?? { text: '' }), /^\/staff\/set-password\//);
});

reset('answers the same of everybody, and of nobody', async () => {
  const disabled = await aUser(customer, { disabledAt: new Date() });
  const bodies = new Set<string>();
  const work = new Set<string>();
  await Model.knex().raw('TRUNCATE process_starts');
  for (const name of [user.email, disabled.email, 'nobody@example.org', "' OR 1=1 --", 'Надія']) {
    const { status, body } = await ask(name);
    bodies.add(`${status} ${bare(body)}`);
    work.add(
      `${await PasswordReset.query().resultSize()} rows, ${await ProcessStart.query().where({ process: 'passwordReset' }).resultSize()} promised`,
    );
    await Model.knex().raw('TRUNCATE process_starts, password_resets');
  }
  assert.equal([bodies.size, [...work]], [1, ['1 rows, 1 promised']]);
});

reset('keeps nobody’s name once it was looked up', async () => {
  await ask('perhaps-a-password-7!');
  await lettersSent(clock.now);
  assert.not.ok(JSON.stringify(await PasswordReset.query()).includes('perhaps'));
  assert.not.ok(JSON.stringify(await ProcessStart.query()).includes('perhaps'));
});

reset('lets only the newest link open anything', async () => {
  await ask(user.email);
  const old = linkIn((await lettersSent(clock.now))[0] ?? { text: '' });
  await ask(user.email);
  const [letter] = await lettersSent(clock.now);
  await browser.get(old);
  assert.is((await browser.post(old, { password: 'lac-Rouge-47', again: 'lac-Rouge-47' })).status, 410);
  assert.is((await browser.get(linkIn(letter ?? { text: '' }))).status, 200);
});

reset('leads to the shop’s own host, whatever the request says of itself', async () => {
  const forged = { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'http', Forwarded: 'host=evil.example' };
  const proxied = await visit(testApp({ now: () => clock.now, trustedProxies: '127.0.0.1' }));
  browser = aBrowser(proxied);
  await ask(user.email, { headers: forged });
  await proxied.leave();
  const [letter] = await lettersSent(clock.now);
  assert.not.match(letter?.html ?? '', 'evil');
  assert.match(letter?.text ?? '', 'https://shop.example/set-password/');
});

reset('is not a way to fill somebody’s mailbox: three in a quarter of an hour, known or not', async () => {
  for (const name of [user.email, 'nobody@example.org']) {
    for (let tries = 0; tries < 3; tries++) assert.is((await ask(name)).status, 200);
    const { status, headers } = await ask(name);
    assert.equal([status, Number(headers.get('Retry-After')) > 800], [429, true]);
  }
  for (let tries = 0; tries < 14; tries++) await ask(`somebody-${tries}@example.org`);
  assert.is((await ask('one-too-many@example.org')).status, 429);
});

reset('changes nothing until the link is used', async () => {
  await ask(user.email);
  await lettersSent(clock.now);
  await browser.get('/sign-in');
  assert.is((await browser.post('/sign-in', { name: user.email, password })).status, 303);
});

reset('answers whatever is sent in place of a name', async () => {
  await browser.get(page);
  for (const body of ['', 'name=', 'name=%00', 'name=1&name=2', 'name[]=1', `name=${'x'.repeat(255)}`])
    assert.is((await browser.send(page, body)).status, 422, body.slice(0, 20));
});

reset.run();
