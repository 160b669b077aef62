import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { Membership } from '../../../models/accounts/membership.js';
import type { User } from '../../../models/accounts/user.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { failureOf } from '../../../tests/support/failure.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { statementsDuring } from '../../../tests/support/statements.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const trail = suite('[USR-06] the audit trail');
const now = new Date('2027-03-11T12:10:00Z');
let database: { close: () => Promise<void> };
let guest: Visitor;
let owner: Visitor;
let staff: Visitor;
let mine: Customer;
let theirs: Customer;
let elodie: User;
let mathieu: User;

trail.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now: () => now }));
  mine = await aCustomer({ name: 'Haut-Jura' });
  theirs = await aCustomer({ name: 'Fjordlys' });
  elodie = await aUser(mine, { name: 'Élodie Marchand' });
  mathieu = await aUser(theirs, { name: 'Mathieu Roques' });
  owner = await signedInVisitor(guest, elodie);
  staff = await signedInVisitor(guest, await aStaffMember({ name: 'Oksana Kovalenko' }));
  await record(mine, { action: 'service.renamed', before: { name: 'old-name' }, after: { name: '=new-name' } });
  await record(theirs, { action: 'service.renamed', before: { name: 'their-old' }, after: { name: 'their-new' } });
  await record(mine, {
    actorKind: 'staff',
    actorName: 'Oksana Kovalenko',
    address: '198.51.100.77',
    action: 'staff_task.answered',
    after: { note: 'a note of the shop’s own' },
  });
  await AuditEntry.record({
    actorKind: 'guest',
    actorName: '?',
    action: 'password.reset_asked',
    subjectType: 'user',
    subjectId: mathieu.id,
    happenedAt: now,
  });
});
trail.after(async () => {
  await guest.leave();
  await database.close();
});

function record(customer: Customer, differing: Partial<Parameters<typeof AuditEntry.record>[0]>): Promise<void> {
  const about = { subjectType: 'service', subjectId: `web of ${customer.name}`, customerId: customer.id };
  const actor = { actorKind: 'user', actorName: 'somebody', action: 'service.renamed' } as const;
  return AuditEntry.record({ ...actor, ...about, happenedAt: now, ...differing });
}

trail('of a customer shows what concerns it and its people, and not a byte of another’s', async () => {
  for (const path of [
    '/account/audit',
    '/account/audit?q=',
    `/account/audit?customer=${theirs.number}`,
    '/account/audit.csv',
  ]) {
    const { status, body } = await owner.get(path);
    assert.is(status, 200);
    for (const words of ['old-name', 'Élodie Marchand', 'web of Haut-Jura']) assert.match(body, words);
    for (const words of ['their-', 'Mathieu', mathieu.id, 'Fjordlys']) assert.not.match(body, words);
  }
  for (const query of ['their', 'mathieu', mathieu.id, 'Fjordlys'])
    assert.not.match((await owner.get(`/account/audit?q=${query}`)).body, /their-new|Mathieu Roques/);
});

trail('keeps to itself who of the staff it was, from where, and what they noted', async () => {
  for (const path of ['/account/audit', '/account/audit.csv']) {
    const { body } = await owner.get(path);
    assert.match(body, 'Staff of Northquay');
    for (const words of ['Oksana', '198.51.100.77', 'a note of the shop']) assert.not.match(body, words);
  }
});

trail('of somebody who acts for two customers shows each what that customer may see', async () => {
  await Membership.query().insert({ userId: mathieu.id, customerId: mine.id, role: 'owner' });
  const { body } = await owner.get('/account/audit');
  assert.match(body, 'Asked for a new password');
  assert.match(body, 'somebody unknown');
  assert.not.match(body, 'their-');
  await Membership.query().where({ userId: mathieu.id, customerId: mine.id }).delete();
});

trail('is narrowed by module, day, kind of person and words, and keeps that in its addresses', async () => {
  const found = async (query: string) => (await staff.get(`/staff/audit?size=50&${query}`)).body;
  const table: [query: string, there: string, gone: string][] = [
    ['action=service', 'web of Fjordlys', 'password.reset_asked'],
    ['action=password', 'password.reset_asked', 'web of Fjordlys'],
    [`customer=${theirs.number}`, 'web of Fjordlys', 'web of Haut-Jura'],
    [`customer=${theirs.number}`, 'password.reset_asked', 'web of Haut-Jura'],
    ['show=staff', 'staff_task.answered', 'service.renamed'],
    ['from=2027-03-11&until=2027-03-11', 'web of Fjordlys', 'nothing of this name'],
    ['q=mathieu', 'password.reset_asked', 'web of Haut-Jura'],
    [`q=${encodeURIComponent(elodie.email)}`, 'sign_in.done', 'web of Haut-Jura'],
    ['q=%25', 'Audit trail', 'web of Fjordlys'],
  ];
  for (const [query, there, gone] of table) {
    const body = await found(query);
    assert.match(body, there);
    assert.not.match(body, gone);
  }
  assert.match(await found('action=service'), 'audit.csv?action&#x3D;service');
  assert.match(await found('action=made_up'), '<option value="made_up" selected>');
});

trail('says from what to what, and hands all of it over as CSV that no spreadsheet runs', async () => {
  const { body } = await staff.get('/staff/audit?action=service');
  assert.match(body, /old-name<\/s> → &#x3D;new-name/);
  assert.match((await owner.get('/account/audit.csv?action=service')).body, 'name: old-name → =new-name');
  const lines = (await staff.get('/staff/audit.csv?action=service')).body.trim().split('\r\n');
  assert.is(lines.length, 3);
  assert.match(lines.join(), '"{""name"":""old-name""}"');
});

trail('leads to whom or what it was done, and asks no more the longer it gets', async () => {
  assert.match((await staff.get('/staff/audit?action=password')).body, `href="/staff/users/${mathieu.id}"`);
  const few = await statementsDuring(() => staff.get('/staff/audit?size=50'));
  for (let each = 0; each < 40; each++)
    await record(mine, { subjectType: 'user', subjectId: (each % 2 ? elodie : mathieu).id });
  const many = await statementsDuring(() => staff.get('/staff/audit?size=50'));
  assert.is(many.length, few.length);
  assert.ok(many.length <= 6, many.join('\n'));
  const own = await statementsDuring(() => owner.get('/account/audit?size=50'));
  assert.ok(own.length <= 6, own.join('\n'));
});

trail('is refused by its table to whoever would change it, in whatever way', async () => {
  const knex = Model.knex();
  const deeds = [
    () => knex('audit_entries').update({ actorName: 'nobody' }),
    () => knex('audit_entries').delete(),
    () => knex.raw('TRUNCATE audit_entries'),
    () =>
      knex.raw(
        `INSERT INTO audit_entries SELECT * FROM audit_entries LIMIT 1 ON CONFLICT (id) DO UPDATE SET action = 'x'`,
      ),
  ];
  const before = await AuditEntry.query().resultSize();
  for (const deed of deeds) assert.match(String(await failureOf(deed())), /audit_entries/);
  assert.is(await AuditEntry.query().resultSize(), before);
});

trail.run();
