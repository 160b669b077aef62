import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codeOf } from '../../../gateways/authenticator.js';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import { RecoveryCode } from '../../../models/accounts/recovery-code.js';
import { SecondFactor } from '../../../models/accounts/second-factor.js';
import type { StaffMember } from '../../../models/accounts/staff-member.js';
import { stepAt } from '../../../rules/accounts/one-time-code.js';
import { testApp } from '../../../tests/support/app.js';
import { aBrowser, type Browser } from '../../../tests/support/browser-without-scripts.js';
import { aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { codeAt, sealer, secret, withSecondFactor } from '../../../tests/support/second-factor.js';
import { password, withPassword } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const factor = suite('[IAM-05] the second step');
const clock = { now: new Date() };
const codePage = '/staff/sign-in/code';
let database: { close: () => Promise<void> };
let guest: Visitor;
let browser: Browser;
let staff: StaffMember;

factor.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now: () => clock.now }));
});
factor.before.each(async () => {
  clock.now = new Date('2026-11-21T14:00:05Z');
  staff = await withPassword(await aStaffMember());
  await Model.knex().raw('TRUNCATE sign_in_attempts');
  browser = aBrowser(guest);
});
factor.after(async () => {
  await guest.leave();
  await database.close();
});

const later = (seconds: number) => {
  clock.now = new Date(clock.now.getTime() + seconds * 1_000);
};

async function afterPassword(who = browser): Promise<string | null> {
  await who.get('/staff/sign-in?to=/staff/audit');
  const { location } = await who.post('/staff/sign-in?to=/staff/audit', { name: staff.email, password });
  if (location) await who.get(location);
  return location;
}

const isInside = async (who = browser) => (await who.get('/staff')).status === 200;

factor('is set up by those who must, before they reach anything else', async () => {
  assert.is(await afterPassword(), '/staff/second-factor');
  assert.is(await isInside(), false);
  const { body } = await browser.get('/staff/second-factor');
  const shown = body.match(/<code[^>]*>([A-Z2-7 ]+)<\/code>/)?.[1]?.replaceAll(' ', '') ?? '';
  const picture = await browser.get('/staff/second-factor/qr.svg');
  assert.match(picture.headers.get('content-type') ?? '', 'image/svg+xml');
  assert.is(picture.headers.get('cache-control'), 'no-store');

  assert.is((await browser.post('/staff/second-factor', { code: '000000' })).status, 422);
  const done = await browser.post('/staff/second-factor', { code: codeOf(shown, stepAt(clock.now)) });
  assert.is(done.status, 200);
  assert.is(done.body.match(/<li>[0-9a-z]{4}(-[0-9a-z]{4}){3}<\/li>/g)?.length, 10);
  assert.match(done.body, 'href="/staff/audit"');
  assert.is(await isInside(), true);
  assert.is((await browser.get('/staff/second-factor/qr.svg')).location, '/staff/account');
  const [entry] = await AuditEntry.query().where({ subjectId: staff.id, action: 'second_factor.turned_on' });
  assert.equal([entry?.actorId, entry?.before, entry?.after], [staff.id, { on: false }, { on: true }]);
});

factor('keeps its secret sealed and its recovery codes as hashes alone', async () => {
  await afterPassword();
  const row = await SecondFactor.query().modify('of', staff).first().throwIfNotFound();
  const opened = sealer.open(row.sealedSecret);
  const { body } = await browser.post('/staff/second-factor', { code: codeOf(opened, stepAt(clock.now)) });
  const [code = ''] = body.match(/[0-9a-z]{4}(-[0-9a-z]{4}){3}/) ?? [];
  const kept = JSON.stringify([await Model.knex()('second_factors'), await Model.knex()('recovery_codes')]);
  for (const plain of [opened, code, code.replaceAll('-', '')]) assert.not.ok(kept.includes(plain));
  assert.is(await RecoveryCode.left(row.id), 10);
});

factor('takes the code of the moment, or of one step beside it, and leads to the page that was asked for', async () => {
  for (const beside of [0, -1, 1]) {
    await withSecondFactor(staff);
    assert.is(await afterPassword(), codePage);
    const { status, location } = await browser.post(codePage, { code: codeAt(clock.now, beside) });
    assert.equal([status, location], [303, '/staff/audit']);
    assert.is(await isInside(), true);
    await browser.post('/staff/sign-out', {});
  }
  for (const beside of [-2, 2]) {
    await withSecondFactor(staff);
    await afterPassword();
    assert.is((await browser.post(codePage, { code: codeAt(clock.now, beside) })).status, 422);
    assert.is(await isInside(), false);
  }
});

factor('takes a code once, whoever typed it and however many at once', async () => {
  await withSecondFactor(staff);
  const [thief, other] = [aBrowser(guest), aBrowser(guest)];
  for (const who of [browser, thief, other]) await afterPassword(who);
  const code = codeAt(clock.now);
  const answers = await Promise.all([browser, thief].map((who) => who.post(codePage, { code })));
  assert.equal(answers.map(({ status }) => status).sort(), [303, 422]);
  const again = await other.post(codePage, { code });
  assert.equal([again.status, await isInside(other)], [422, false]);
  assert.match(again.body, 'already used');
  assert.is((await other.post(codePage, { code: codeAt(clock.now, -1) })).status, 422); // older than the last
  later(30);
  assert.is((await other.post(codePage, { code: codeAt(clock.now) })).status, 303);
});

factor('lets a recovery code in once', async () => {
  await withSecondFactor(staff);
  const { id } = (await SecondFactor.standing(staff)) ?? { id: '' };
  const codes = ['k7m2-9xw4-p3n8-q5rt', 'aaaa-bbbb-cccc-dddd'];
  await Model.transaction((trx) => RecoveryCode.replace(id, codes, trx));
  await afterPassword();
  assert.match((await browser.get(`${codePage}?with=recovery`)).body, 'name="recovery"');
  assert.is((await browser.post(codePage, { recovery: ' K7M29XW4 P3N8Q5RT' })).status, 303);
  assert.is(await isInside(), true);
  const entry = await AuditEntry.query().modify('newestFirst').findOne({ subjectId: staff.id, action: 'sign_in.done' });
  assert.equal(entry?.after, { secondStep: 'recovery_code' });

  const thief = aBrowser(guest);
  await afterPassword(thief);
  assert.is((await thief.post(codePage, { recovery: 'k7m2-9xw4-p3n8-q5rt' })).status, 422);
  assert.is(await isInside(thief), false);
});

factor('is not guessed: five tries, then even the right code must wait, in whatever session', async () => {
  await withSecondFactor(staff);
  await afterPassword();
  for (let tries = 0; tries < 5; tries++) assert.is((await browser.post(codePage, { code: '000000' })).status, 422);
  assert.is((await browser.post(codePage, { code: codeAt(clock.now) })).status, 429);
  const another = aBrowser(guest);
  await afterPassword(another);
  assert.is((await another.post(codePage, { recovery: 'aaaa-aaaa-aaaa-aaaa' })).status, 429);
});

factor('answers whatever is sent in place of a code', async () => {
  await withSecondFactor(staff);
  await afterPassword();
  const odd = [
    'code=',
    'code[]=1',
    'code=１２３４５６',
    'code=12345%00',
    'recovery=%00',
    'code=1&code=2',
    '',
    `code=${'1'.repeat(9_999)}`,
  ];
  for (const body of odd) assert.is((await browser.send(codePage, body)).status, 422, body.slice(0, 30));
  assert.is(await isInside(), false);
});

factor('must follow its password: within ten minutes, while the person may come in at all', async () => {
  const inAMoment = new Date(clock.now.getTime() + 1);
  const ends: [what: string, end: () => unknown][] = [
    ['signed out everywhere', () => staff.$query().patch({ sessionsEndedAt: inAMoment })],
    ['disabled', () => staff.$query().patch({ disabledAt: clock.now })],
    ['reset', () => SecondFactor.query().modify('of', staff).delete()],
    ['ten minutes later', () => later(600)],
  ];
  for (const [what, end] of ends) {
    await staff.$query().patch({ disabledAt: null, sessionsEndedAt: null });
    await withSecondFactor(staff);
    assert.is(await afterPassword(), codePage, what);
    await end();
    const { location } = await browser.post(codePage, { code: codeAt(clock.now) });
    assert.equal([location, await isInside()], ['/staff/sign-in', false], what);
  }
  assert.is((await browser.get(codePage)).location, '/staff/sign-in');
});

factor('ends with all sessions, one that a slow request writes once more too', async () => {
  await withSecondFactor(staff);
  await afterPassword();
  await browser.post(codePage, { code: codeAt(clock.now) });
  const row = await Model.knex()('staff_sessions').whereRaw(`sess ->> 'personId' = ?`, [staff.id]).first();
  await browser.get('/staff');
  const elsewhere = aBrowser(guest);
  later(60);
  await afterPassword(elsewhere);
  await elsewhere.post(codePage, { code: codeAt(clock.now) });
  await elsewhere.get('/staff');
  await elsewhere.post('/staff/sign-out-everywhere', {});
  await Model.knex()('staff_sessions').insert(row);
  assert.is(await isInside(), false);
});

factor('asks nobody for a code who was not asked for a password', async () => {
  await withSecondFactor(staff);
  await browser.get('/staff/sign-in');
  assert.is((await browser.post(codePage, { code: codeAt(clock.now) })).location, '/staff/sign-in');
  assert.is((await browser.get('/staff/second-factor')).location, '/staff/sign-in');
  assert.is(secret.length, 32);
});

factor.run();
