import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RouteDeclaration } from '../../api/routing.js';
import { Membership } from '../../models/accounts/membership.js';
import { StaffMember } from '../../models/accounts/staff-member.js';
import { type StaffRole, staffMay, staffRoles } from '../../rules/accounts/staff-rights.js';
import { testApp } from '../support/app.js';
import { aBrowser } from '../support/browser-without-scripts.js';
import { aStaffMember, aUser } from '../support/builders.js';
import { openDatabase } from '../support/database.js';
import { withSecondFactor } from '../support/second-factor.js';
import { password, signedInVisitor, withPassword } from '../support/signed-in.js';
import { type Fields, type Visitor, visit } from '../support/visitor.js';
import { addressOf, changes, isStaffs, nameOf, routesOfPeople } from './addresses.js';
import { formOf } from './forms.js';
import { everythingOf, type Holding, now } from './holding.js';

const gate = suite('[IAM-02] [S12] [S14] a right that is lost, or that nobody gave');
let database: { close: () => Promise<void> };
let guest: Visitor;
let own: Holding;

gate.before(async () => {
  database = await openDatabase();
  own = await everythingOf('zql-own');
  guest = await visit(testApp({ now: () => now, logError: () => {} }));
});
gate.after(async () => {
  await guest.leave();
  await database.close();
});

const session = (person: Parameters<typeof signedInVisitor>[1]) => signedInVisitor(guest, person, { comesBack: false });
const guarded = (area: 'staff' | 'customer') =>
  routesOfPeople().filter((route) => route.right !== 'anyone' && isStaffs(route) === (area === 'staff'));

/** What is still answered as if nothing had happened. */
async function stillOpen(who: Visitor, routes: readonly RouteDeclaration[]): Promise<string[]> {
  const open: string[] = [];
  for (const route of routes) {
    const address = addressOf(route, own);
    const answer = changes(route) ? await who.post(address, formOf(route, own)) : await who.get(address);
    const sentAway = answer.status === 303 && /\/sign-in/.test(answer.location ?? '');
    if (!sentAway && answer.status !== 403) open.push(`${nameOf(route)}: ${answer.status} ${answer.location}`);
  }
  return open;
}

const ends: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
  'is disabled': (id) => patch(id, { disabledAt: now }),
  'has all sessions ended': (id) => patch(id, { sessionsEndedAt: new Date(now.getTime() + 1) }),
  'is gone from the sessions': (id) =>
    Model.knex().raw(`DELETE FROM staff_sessions WHERE sess ->> 'personId' = ?`, [id]),
};
const patch = async (id: string, change: object) => StaffMember.query().findById(id).patch(change);

for (const [what, end] of Object.entries(ends)) {
  gate(`whoever of the staff ${what} opens no address and sends no form from their next request on`, async () => {
    const colleague = await aStaffMember();
    const who = await session(colleague);
    assert.is((await who.get('/staff/audit')).status, 200);
    await end(colleague.id);
    assert.equal(await stillOpen(who, guarded('staff')), []);
  });
}

gate(
  'whoever drops from administrator to reading keeps the addresses of that role alone, in the same session',
  async () => {
    const colleague = await aStaffMember();
    const who = await session(colleague);
    await patch(colleague.id, { role: 'read_only' });
    const lost = guarded('staff').filter(
      ({ right }) => typeof right === 'object' && 'staff' in right && !staffMay('read_only', right.staff),
    );
    assert.ok(lost.length > 15, `${lost.length} addresses`);
    assert.equal(await stillOpen(who, lost), []);
  },
);

gate('a user who acts for no customer any more, or is disabled, reaches nothing of theirs', async () => {
  for (const end of ['membership', 'disabled'] as const) {
    const user = await aUser(own.customer);
    const who = await session(user);
    assert.is((await who.get('/orders')).status, 200);
    if (end === 'membership') await Membership.query().where({ userId: user.id }).delete();
    else await user.$query().patch({ disabledAt: now });
    assert.equal(await stillOpen(who, guarded('customer')), [], end);
  }
});

gate('a cookie of one door opens nothing at the other, and none that was planted is signed in', async () => {
  const [user, colleague] = [await withPassword(await aUser(own.customer)), await aStaffMember()];
  const browser = aBrowser(guest);
  await browser.get('/sign-in');
  const planted = browser.cookie('qm_customer') ?? '';
  assert.is((await browser.post('/sign-in', { name: user.email, password })).status, 303);
  const theirs = browser.cookie('qm_customer') ?? '';
  assert.is.not(theirs, planted);
  await session(colleague);
  const inside = async (cookie: string, path: string) => (await guest.get(path, { Cookie: cookie })).status === 200;
  assert.is(await inside(`qm_customer=${theirs}`, '/orders'), true);
  assert.is(await inside(`qm_customer=${planted}`, '/orders'), false);
  assert.is(await inside(`qm_staff=${theirs}`, '/staff'), false);
  assert.is(await inside(`qm_customer=${theirs.replace(/.$/, '')}`, '/orders'), false, 'a signature cut short');
  assert.is(await inside(`qm_customer=${theirs.split('.')[0]}`, '/orders'), false, 'no signature');
});

/** Into whatever a session keeps of a visitor before they are in. */
const forged = [
  '/x","personId":"ID","y":"',
  "/x'}&personId=ID",
  '/x%0d%0apersonId=ID',
  '/x"}}{"secondStep":null,"personId":"ID',
];

gate('no text that a session keeps becomes another field of it', async () => {
  const colleague = await withSecondFactor(await withPassword(await aStaffMember()));
  for (const text of forged) {
    const browser = aBrowser(guest);
    const page = `/staff/sign-in?${new URLSearchParams({ to: text.replaceAll('ID', colleague.id) })}`;
    await browser.get(page);
    assert.is((await browser.post(page, { name: colleague.email, password })).location, '/staff/sign-in/code');
    assert.match((await browser.get('/staff')).location ?? '', '/staff/sign-in', text);
  }
  const { rows } = await Model.knex().raw(
    `SELECT sess FROM staff_sessions WHERE sess -> 'secondStep' ->> 'personId' = ?`,
    [colleague.id],
  );
  assert.is(rows.length, forged.length);
  assert.equal(
    (rows as { sess: Fields }[]).filter(({ sess }) => sess.personId !== undefined),
    [],
  );
});

/** What somebody would send who wishes for another role. */
const wishes = {
  role: 'administrator',
  roles: 'administrator',
  right: 'members:change',
  rights: 'audit:see',
  isStaff: 'true',
};

for (const role of staffRoles.filter((each): each is Exclude<StaffRole, 'administrator'> => each !== 'administrator')) {
  gate(
    `nobody of ${role} raises a role: not by a form of theirs, not by one of others, not on their own record`,
    async () => {
      const colleague = await aStaffMember({ role });
      const who = await signedInVisitor(guest, colleague);
      const before = await StaffMember.query().select('id', 'role').orderBy('id');
      for (const route of routesOfPeople().filter(
        (each) => changes(each) && isStaffs(each) && each.right !== 'anyone',
      )) {
        if (/sign-out/.test(route.path)) continue;
        const wished = { ...formOf(route, own), ...wishes };
        await who.post(addressOf(route, own), wished);
        if (route.path.startsWith('/staff/members/:id'))
          assert.is((await who.post(addressOf(route, own).replace(own.staff.id, colleague.id), wished)).status, 403);
      }
      assert.equal(await StaffMember.query().select('id', 'role').orderBy('id'), before);
    },
  );
}

gate('an administrator neither resets nor welcomes themself, and nobody has a form for the audit trail', async () => {
  const colleague = await aStaffMember();
  const who = await session(colleague);
  for (const act of ['welcome', 'password-reset', 'second-factor-reset'])
    assert.is((await who.post(`/staff/members/${colleague.id}/${act}`, {})).status, 422, act);
  assert.equal(
    routesOfPeople().filter((route) => changes(route) && /audit/.test(route.path)),
    [],
  );
});

gate.run();
