import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { StaffMember } from '../../../models/accounts/staff-member.js';
import { StaffTask } from '../../../models/durable/staff-task.js';
import { escalateTasks } from '../../../models/durable/staff-task-escalation.js';
import { StaffTaskEvent } from '../../../models/durable/staff-task-event.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { aTask } from '../../../tests/support/staff-tasks.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const hands = suite('[STF-07] staff tasks from hand to hand');
const now = new Date('2027-03-11T12:10:00Z');
let database: { close: () => Promise<void> };
let guest: Visitor;
let oksana: StaffMember;
let pavlo: StaffMember;
let visitor: Visitor;

hands.before.each(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now: () => now }));
  oksana = await aStaffMember({ name: 'Oksana Kovalenko' });
  pavlo = await aStaffMember({ name: 'Pavlo Bondar', role: 'data_centre' });
  visitor = await signedInVisitor(guest, oksana);
});
hands.after.each(async () => {
  await guest.leave();
  await database.close();
});

const assign = (id: string, from: string, to: string, who = visitor) =>
  who.post(`/staff/tasks/${id}/assignment`, { from, to });
const assigneeOf = async (id: string) => (await StaffTask.query().findById(id))?.assigneeId;

hands('are taken, given on and put back from their page, which says by whom', async () => {
  const { id } = await aTask();
  const address = `/staff/tasks/${id}`;
  assert.match((await visitor.get(address)).body, 'Nobody so far');
  assert.is((await assign(id, '', oksana.id)).status, 303);
  assert.is((await assign(id, oksana.id, pavlo.id)).status, 303);
  const { body } = await visitor.get(address);
  for (const said of ['Oksana Kovalenko took the task', 'Oksana Kovalenko gave the task to Pavlo Bondar'])
    assert.match(body, said);
  await assign(id, pavlo.id, '');
  assert.is(await assigneeOf(id), null);
});

hands('that somebody else took meanwhile are not taken away by a page grown old', async () => {
  const { id } = await aTask();
  await assign(id, '', pavlo.id, await signedInVisitor(guest, pavlo));
  const late = await assign(id, '', oksana.id);
  assert.equal([late.status, /in other hands than this page showed/.test(late.body)], [409, true]);
  assert.is(await assigneeOf(id), pavlo.id);
});

hands('go only to those who may decide, and are here', async () => {
  const { id } = await aTask({ workflowId: 'order:00000000-0000-4000-8000-000000000000' }); // of money
  const left = await aStaffMember({ disabledAt: now });
  for (const nobody of [pavlo.id, left.id, '00000000-0000-4000-8000-000000000000', 'everybody'])
    assert.is((await assign(id, '', nobody)).status, 422);
  assert.not.match((await visitor.get(`/staff/tasks/${id}`)).body, 'Pavlo Bondar');
  const member = await signedInVisitor(guest, pavlo);
  for (const [path, fields] of [
    ['assignment', { from: '', to: pavlo.id }],
    ['notes', { text: 'not mine' }],
    ['due', { hours: '1', note: '' }],
    ['settlement', { note: 'not mine' }],
  ] as const)
    assert.is((await member.post(`/staff/tasks/${id}/${path}`, fields)).status, 403, path);
  assert.is(await StaffTaskEvent.query().resultSize(), 0);
});

hands('keep notes with their line breaks, several, and none that is empty', async () => {
  const { id } = await aTask();
  const note = (text: string) => visitor.post(`/staff/tasks/${id}/notes`, { text });
  for (const nothing of [' ', 'x'.repeat(501)]) {
    const { status, body } = await note(nothing);
    assert.is(status, 422);
    assert.match(body, `>${nothing.trim()}</textarea>`);
  }
  for (const text of ['cable\nlooked at', '<b>bold</b>']) assert.is((await note(text)).status, 303);
  const { body } = await visitor.get(`/staff/tasks/${id}`);
  for (const said of ['cable\nlooked at', '&lt;b&gt;bold&lt;/b&gt;']) assert.match(body, said);
});

hands('are put off by hours that are offered, and by no others', async () => {
  const { id, dueAt } = await aTask();
  const putOff = (hours: string) => visitor.post(`/staff/tasks/${id}/due`, { hours, note: 'spare part' });
  for (const hours of ['2', '-1', '1e3', '', '99999']) assert.is((await putOff(hours)).status, 422);
  assert.equal((await StaffTask.query().findById(id))?.dueAt, dueAt);
  assert.is((await putOff('24')).status, 303);
  assert.equal((await StaffTask.query().findById(id))?.dueAt, new Date('2027-03-12T12:10:00Z'));
  assert.match((await visitor.get(`/staff/tasks/${id}`)).body, 'put it off until');
});

hands('are listed by whose they are, what is late, process and step; and as a file', async () => {
  const customer = await aCustomer({ name: '=Haut-Jura' });
  const mine = await aTask({ subject: 'mine-1' });
  await assign(mine.id, '', oksana.id);
  await aTask({ subject: 'late-1', step: 'releaseHoldings', customerId: customer.id });
  await aTask({
    subject: 'early-1',
    openedAt: new Date('2027-03-11T12:00Z'),
    workflowId: 'order:x',
    step: 'refundPayments',
  });
  await aTask({ subject: 'books-1', openedAt: now, workflowId: null, step: 'books' });
  const listed = async (query: string) => {
    const { body } = await visitor.get(`/staff/tasks?${query}`);
    return ['mine-1', 'late-1', 'early-1', 'books-1'].filter((subject) => body.includes(`Service ${subject} `));
  };
  assert.equal(await listed('show=mine'), ['mine-1']);
  assert.equal(await listed('show=unassigned'), ['late-1', 'early-1', 'books-1']);
  assert.equal(await listed('show=late'), ['mine-1', 'late-1']);
  assert.equal(await listed('process=order'), ['early-1']);
  assert.equal(await listed('process=none'), ['books-1']);
  assert.equal(await listed('step=releaseHoldings'), ['late-1']);
  assert.equal(await listed('process=%27%3B--&step=%22'), ['mine-1', 'late-1', 'early-1', 'books-1']);
  await escalateTasks(now);
  assert.match((await visitor.get('/staff/tasks?sort=-due')).body, 'sent up: past its time');
  const { body, headers } = await visitor.get('/staff/tasks.csv?show=late&sort=due');
  assert.match(String(headers.get('content-type')), 'text/csv');
  assert.is(body.trim().split('\n').length, 3);
  assert.match(body, "'=Haut-Jura");
});

hands.run();
