import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unknowableHash } from '../../../gateways/passwords.js';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { SecondFactor } from '../../../models/accounts/second-factor.js';
import type { StaffMember } from '../../../models/accounts/staff-member.js';
import type { User } from '../../../models/accounts/user.js';
import { makeUser } from '../../../models/accounts/welcome.js';
import { lettersSent } from '../../../tests/support/account-letters.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { withSecondFactor } from '../../../tests/support/second-factor.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const people = suite('[IAM-03] [IAM-05] helping somebody back in');
const now = new Date('2026-11-21T14:20:00Z');
const processes = stubbedProcesses();
let database: { close: () => Promise<void> };
let guest: Visitor;
let oksana: StaffMember;
let admin: Visitor;
let customer: Customer;
let user: User;

people.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ processes, now: () => now }));
  oksana = await aStaffMember({ name: 'Oksana Kovalenko' });
  customer = await aCustomer({ name: 'Haut-Jura' });
  admin = await signedInVisitor(guest, oksana);
});
people.before.each(async () => {
  const wanted = { name: 'Élodie', email: `e${Math.random()}@example.org`, language: 'en', timeZone: 'UTC' } as const;
  const deed = { actorKind: 'staff', actorName: 'Oksana', happenedAt: now } as const;
  ({ user } = await makeUser(customer, { user: wanted, unknowable: await unknowableHash() }, deed));
  await lettersSent(now);
  processes.start.resetHistory();
});
people.after(async () => {
  await guest.leave();
  await database.close();
});

const newestOf = (person: { id: string }) => AuditEntry.query().modify('newestFirst').findOne({ subjectId: person.id });

people('sends a new welcome to who never chose a password, under the name of whoever had it sent', async () => {
  assert.match((await admin.get(`/staff/customers/${customer.number}`)).body, `/staff/users/${user.id}`);
  assert.match((await admin.get(`/staff/users/${user.id}`)).body, 'Send the welcome again');
  const { location } = await admin.post(`/staff/users/${user.id}/welcome`, {});
  assert.is(location, `/staff/users/${user.id}?done=welcome`);
  assert.is(processes.start.callCount, 1);
  assert.equal([(await lettersSent(now))[0]?.to, (await newestOf(user))?.actorName], [user.email, 'Oksana Kovalenko']);
  await user.$query().patch({ passwordChangedAt: now });
  assert.is((await admin.post(`/staff/users/${user.id}/welcome`, {})).status, 422);
  assert.not.match((await admin.get(`/staff/users/${user.id}`)).body, 'Send the welcome again');
});

people('resets a password without learning one, and leaves the second step', async () => {
  await withSecondFactor(user);
  const { passwordHash } = await user.$query();
  assert.is((await admin.post(`/staff/users/${user.id}/password-reset`, {})).status, 303);
  const after = await user.$query();
  assert.is.not(after.passwordHash, passwordHash);
  assert.equal(after.sessionsEndedAt, now);
  assert.ok(await SecondFactor.standing(user));
  assert.match((await lettersSent(now))[0]?.text ?? '', 'set-password');
  assert.is((await newestOf(user))?.action, 'password.reset');
});

people('resets a second step, of customers’ people and of colleagues', async () => {
  const colleague = await aStaffMember();
  for (const [person, base] of [
    [user, 'users'],
    [colleague, 'members'],
  ] as const) {
    await withSecondFactor(person);
    assert.is((await admin.post(`/staff/${base}/${person.id}/second-factor-reset`, {})).status, 303);
    assert.is(await SecondFactor.standing(person), undefined);
    const entry = await newestOf(person);
    assert.equal([entry?.action, entry?.before, entry?.after], ['second_factor.reset', { on: true }, { on: false }]);
    const letter = (await lettersSent(now)).find(({ to }) => to === person.email);
    assert.match(letter?.subject ?? '', 'your second step was reset');
  }
});

people('is nothing one does for oneself, or for somebody disabled, or for nobody', async () => {
  for (const act of ['password-reset', 'second-factor-reset'])
    assert.is((await admin.post(`/staff/members/${oksana.id}/${act}`, {})).status, 422);
  await user.$query().patch({ disabledAt: now });
  assert.is((await admin.post(`/staff/users/${user.id}/password-reset`, {})).status, 422);
  for (const id of [oksana.id, 'nobody', '00000000-0000-4000-8000-000000000000'])
    assert.is((await admin.post(`/staff/users/${id}/password-reset`, {})).status, 404);
});

people('shows the staff with their second steps to those who answer for them', async () => {
  const { body } = await admin.get('/staff/members');
  assert.match(body, `/staff/members/${oksana.id}`);
  assert.match((await admin.get(`/staff/members/${oksana.id}`)).body, 'Administrator');
  const support = await signedInVisitor(guest, await aStaffMember({ role: 'support' }));
  assert.is((await support.get('/staff/members')).status, 403);
  assert.is((await support.post(`/staff/users/${user.id}/password-reset`, {})).status, 303);
  const reader = await signedInVisitor(guest, await aStaffMember({ role: 'read_only' }));
  assert.is((await reader.post(`/staff/users/${user.id}/password-reset`, {})).status, 403);
  assert.not.match((await reader.get(`/staff/users/${user.id}`)).body, 'Reset the password');
  assert.is(await Model.knex()('account_letters').where({ kind: 'reset' }).first(), undefined);
});

people.run();
