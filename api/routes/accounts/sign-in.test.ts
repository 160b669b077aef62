import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { User } from '../../../models/accounts/user.js';
import { testApp } from '../../../tests/support/app.js';
import { aBrowser, type Browser } from '../../../tests/support/browser-without-scripts.js';
import { aCustomer, aService, aStaffMember, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { codeAt, withSecondFactor } from '../../../tests/support/second-factor.js';
import { password, withPassword } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const signIn = suite('[IAM-02] signing in');
const clock = { now: new Date('2026-11-21T14:00:00Z') };
let database: { close: () => Promise<void> };
let guest: Visitor;
let browser: Browser;
let customer: Customer;
let user: User;

signIn.before(async () => {
  database = await openDatabase();
});
signIn.before.each(async () => {
  clock.now = new Date('2026-11-21T14:00:00Z');
  customer = await aCustomer({ timeZone: 'Europe/Paris' });
  user = await withPassword(await aUser(customer, { loginName: `elodie.${customer.number}` }));
  await Model.knex().raw('TRUNCATE sign_in_attempts');
  guest = await visit(testApp({ now: () => clock.now }));
  browser = aBrowser(guest);
});
signIn.after.each(async () => {
  await guest.leave();
});
signIn.after(async () => {
  await database.close();
});

const rowsIn = async (table: string) => Number((await Model.knex()(table).count({ n: '*' }).first())?.n);

async function enter(name: string, typed = password, page = '/sign-in') {
  await browser.get(page);
  return browser.post(page, { name, password: typed });
}

signIn('by e-mail in whatever case, or by login name', async () => {
  for (const name of [user.email, user.email.toUpperCase(), ` ${user.loginName} `]) {
    const answer = await enter(name);
    assert.equal([answer.status, answer.location], [303, '/']);
    assert.match((await browser.get('/')).body, customer.name);
    await browser.post('/sign-out', {});
  }
});

signIn('keeps when and from where, and tells it to the trail', async () => {
  await enter(user.email);
  const { lastSignInAt, lastSignInAddress } = await user.$query();
  assert.equal([lastSignInAt, lastSignInAddress], [clock.now, '127.0.0.1']);
  const entry = await AuditEntry.query().findOne({ actorId: user.id }).throwIfNotFound();
  assert.equal([entry.action, entry.address], ['sign_in.done', '127.0.0.1']);
});

signIn('says the same of a wrong password, of nobody, and of somebody disabled', async () => {
  const disabled = await withPassword(await aUser(customer, { disabledAt: new Date() }));
  const alone = await withPassword(await aUser(customer));
  await Model.knex()('memberships').where({ userId: alone.id }).delete();
  const bodies = new Set<string>();
  for (const [name, typed] of [
    [user.email, 'wrong'],
    ['nobody@example.org', password],
    [disabled.email, password],
    [alone.email, password],
    ["' OR 1=1 --", password],
  ] as const) {
    const { status, body } = await enter(name, typed);
    assert.is(status, 422);
    assert.match(body, 'The name or the password is wrong.');
    bodies.add(body.replace(/value="[^"]*"/g, ''));
  }
  assert.is(bodies.size, 1);
});

signIn('keeps no password that was typed as a name', async () => {
  await enter('Correct-horse-7-typed-above', 'x');
  const [last] = await AuditEntry.query().modify('newestFirst').limit(1);
  assert.equal([last?.action, last?.actorName, last?.subjectId], ['sign_in.refused', '?', '?']);
});

signIn('names what is missing, and gives back what was typed', async () => {
  const { status, body } = await enter('elodie@"><b>', '');
  assert.is(status, 422);
  assert.match(body, '<a href="#password">Type your password.</a>');
  assert.match(body, 'value="elodie@&quot;&gt;&lt;b&gt;"');
});

signIn('takes neither repeated fields nor objects for a name', async () => {
  await browser.get('/sign-in');
  const sent = [
    `name=${user.email}&name=other&password=${password}`,
    `name[]=${user.email}&password=${password}`,
    `name[__proto__]=x&__proto__=y&password=${password}`,
    `name=${user.email}&password=${password}&password=other`,
    'name=%00&password=%00',
  ];
  for (const body of sent) assert.is((await browser.send('/sign-in', body)).status, 422, body);
});

signIn('gives the session a new name, so that a planted one is worth nothing', async () => {
  await browser.get('/sign-in');
  const planted = browser.cookie('qm_customer');
  await browser.post('/sign-in', { name: user.email, password });
  assert.is.not(browser.cookie('qm_customer'), planted);
  const thief = await guest.get('/', { Cookie: `qm_customer=${planted}` });
  assert.is(thief.location, '/catalogue');
});

signIn('returns to the page that asked for it, and to no other shop', async () => {
  const service = await aService(customer);
  const wanted = `/services/${service.slug}/cancellation`;
  const { location } = await browser.get(wanted);
  assert.is(location, `/sign-in?to=${encodeURIComponent(wanted)}`);
  assert.is((await enter(user.email, password, location ?? '')).location, wanted);

  await browser.post('/sign-out', {});
  assert.is((await enter(user.email, password, '/sign-in?to=//evil.example')).location, '/');
});

signIn('lets nobody guess on: ten tries a person, then it says when to come back', async () => {
  for (let tries = 0; tries < 10; tries++) assert.is((await enter(user.email, 'wrong')).status, 422);
  const { status, headers, body } = await enter(user.email);
  assert.is(status, 429);
  assert.ok(Number(headers.get('Retry-After')) > 800);
  assert.match(body, /Try again at November 21, 2026 at 2:1[45] PM UTC/);
  assert.is((await enter((await withPassword(await aUser(customer))).email)).status, 303); // others come in
});

signIn('forgives what was mistyped once the password is right', async () => {
  for (let round = 0; round < 3; round++) {
    for (let tries = 0; tries < 6; tries++) await enter(user.email, 'wrong');
    assert.is((await enter(user.email)).status, 303);
    await browser.post('/sign-out', {});
  }
});

signIn('slows down one address that tries many names', async () => {
  const answers = [];
  for (let tries = 0; tries < 62; tries++) answers.push((await enter(`somebody-${tries}@example.org`, 'x')).status);
  assert.equal([answers[59], answers[60]], [422, 429]);
});

signIn('takes nobody’s word for an address but a trusted proxy’s', async () => {
  const forged = { 'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-Host': 'evil.example' };
  const addressAfter = async (trustedProxies?: string) => {
    const proxied = await visit(testApp({ now: () => clock.now, trustedProxies }));
    const there = aBrowser(proxied);
    await there.get('/sign-in', forged);
    await there.post('/sign-in', { name: user.email, password }, forged);
    await proxied.leave();
    return (await user.$query()).lastSignInAddress;
  };
  assert.is(await addressAfter(), '127.0.0.1');
  assert.is(await addressAfter('127.0.0.1'), '203.0.113.9');
});

signIn('ends at once when the person is disabled, and everywhere when they say so', async () => {
  const elsewhere = aBrowser(guest);
  await elsewhere.get('/sign-in');
  await elsewhere.post('/sign-in', { name: user.email, password });
  await enter(user.email);
  await browser.get('/');
  await browser.post('/sign-out-everywhere', {});
  assert.is((await elsewhere.get('/')).location, '/catalogue');

  await enter(user.email);
  await User.query().findById(user.id).patch({ disabledAt: new Date() });
  assert.is((await browser.get('/')).location, '/catalogue');
  assert.is(await Model.knex()('sessions').whereRaw(`sess ->> 'personId' = ?`, [user.id]).first(), undefined);
});

signIn('is over after twelve idle hours; polling is not use', async () => {
  await enter(user.email);
  const hour = (h: number) => new Date(Date.parse('2026-11-21T14:00:00Z') + h * 3_600_000);
  clock.now = hour(11);
  assert.is((await browser.get('/')).status, 200);
  clock.now = hour(22);
  assert.is((await browser.get('/', { 'HX-Request': 'true' })).status, 200);
  clock.now = hour(23.1);
  assert.is((await browser.get('/')).location, '/catalogue');
});

signIn('of staff has a door, a cookie and a session of its own', async () => {
  const staff = await withSecondFactor(await withPassword(await aStaffMember()));
  assert.is((await enter(staff.email)).status, 422);
  const answer = await enter(staff.email, password, '/staff/sign-in');
  assert.equal([answer.status, answer.location], [303, '/staff/sign-in/code']);
  assert.is((await browser.get('/staff')).location, '/staff/sign-in?to=%2Fstaff');
  await browser.get('/staff/sign-in/code');
  assert.is((await browser.post('/staff/sign-in/code', { code: codeAt(clock.now) })).location, '/staff');
  assert.is((await browser.get('/')).location, '/catalogue');
  assert.is((await browser.get('/staff/sign-in')).location, '/staff');
  assert.is(await rowsIn('staff_sessions'), 1);
});

signIn.run();
