import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { failureOf } from '../../tests/support/failure.js';
import { aTask } from '../../tests/support/staff-tasks.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import type { StaffAct } from '../accounts/staff-act.js';
import type { StaffMember } from '../accounts/staff-member.js';
import { StaffTask } from './staff-task.js';
import { StaffTaskEvent } from './staff-task-event.js';
import { assignTask, noteOnTask, putTaskOff, settleTask } from './staff-task-hands.js';

const hands = suite('[STF-07] staff tasks in somebody’s hands');
const at = new Date('2027-03-11T11:00Z');
let database: { close: () => Promise<void> };
let oksana: StaffMember;
let pavlo: StaffMember;

hands.before(async () => {
  database = await openDatabase();
  oksana = await aStaffMember({ name: 'Oksana Kovalenko' });
  pavlo = await aStaffMember({ name: 'Pavlo Bondar' });
});
hands.after(async () => {
  await database.close();
});

const by = (staff: StaffMember): StaffAct => ({ staff, address: '192.0.2.7', at });
const read = (id: string) => StaffTask.query().findById(id).throwIfNotFound();

async function trailOf(subject: string) {
  const entries = await AuditEntry.query().where({ subjectId: subject }).orderBy('id');
  return entries.map(({ action, actorName, before, after }) => ({ action, actorName, before, after }));
}

hands('go from nobody to one, to another, and back; each step audited from whom to whom', async () => {
  const { id, subject } = await aTask({ subject: 'hands-1' });
  assert.is(await assignTask(id, { from: null, to: oksana.id }, by(oksana)), 'done');
  assert.is(await assignTask(id, { from: oksana.id, to: pavlo.id }, by(oksana)), 'done');
  assert.is((await read(id)).unassignedSince, null);
  assert.is(await assignTask(id, { from: pavlo.id, to: null }, by(pavlo)), 'done');
  assert.equal((await read(id)).unassignedSince, at);
  const names = ['Oksana Kovalenko', 'Oksana Kovalenko', 'Pavlo Bondar'];
  const moves = [
    ['staff_task.assigned', null, 'Oksana Kovalenko'],
    ['staff_task.assigned', 'Oksana Kovalenko', 'Pavlo Bondar'],
    ['staff_task.unassigned', 'Pavlo Bondar', null],
  ];
  const step = 'suspendService';
  assert.equal(
    await trailOf(subject),
    moves.map(([action, was, is], index) => {
      return { action, actorName: names[index], before: { step, assignee: was }, after: { step, assignee: is } };
    }),
  );
});

hands('are taken by the first of two who take at once', async () => {
  const { id } = await aTask();
  const take = (staff: StaffMember) => assignTask(id, { from: null, to: staff.id }, by(staff));
  const outcomes = await Promise.all([take(oksana), take(pavlo)]);
  assert.equal(outcomes.sort(), ['done', 'moved']);
  assert.is((await StaffTaskEvent.query().where({ taskId: id })).length, 1);
});

hands('taken twice by one person say it once', async () => {
  const { id } = await aTask();
  for (let click = 0; click < 2; click++)
    assert.is(await assignTask(id, { from: null, to: oksana.id }, by(oksana)), 'done');
  assert.is((await StaffTaskEvent.query().where({ taskId: id })).length, 1);
});

hands('keep every note, with who wrote it and when', async () => {
  const { id, subject } = await aTask({ subject: 'noted-1' });
  await noteOnTask(id, 'the cable is loose', by(oksana));
  await noteOnTask(id, 'fixed it', by(pavlo));
  const events = await StaffTaskEvent.query().modify('of', id);
  assert.equal(
    events.map(({ event, note, staff, happenedAt }) => [event, note, staff?.name, happenedAt]),
    [
      ['noted', 'fixed it', 'Pavlo Bondar', at],
      ['noted', 'the cable is loose', 'Oksana Kovalenko', at],
    ],
  );
  assert.equal(
    (await trailOf(subject)).map(({ action }) => action),
    ['staff_task.noted', 'staff_task.noted'],
  );
});

hands('put off count from now, and belong to whoever put them off where they were nobody’s', async () => {
  const { id, subject, dueAt } = await aTask({ subject: 'late-7' });
  await putTaskOff(id, { hours: 4, note: 'spare part on its way' }, by(pavlo));
  const task = await read(id);
  assert.equal([task.dueAt, task.assigneeId], [new Date('2027-03-11T15:00Z'), pavlo.id]);
  const [first] = await trailOf(subject);
  assert.equal(first?.before, { step: 'suspendService', due: dueAt.toISOString() });
  assert.equal(first?.after, {
    step: 'suspendService',
    due: '2027-03-11T15:00:00.000Z',
    note: 'spare part on its way',
  });
});

hands('change nothing once it is answered', async () => {
  const { id } = await aTask();
  await StaffTask.close(id, { answer: 'retry', answeredBy: oksana.id, answeredAt: at });
  assert.is(await assignTask(id, { from: null, to: pavlo.id }, by(pavlo)), 'closed');
  assert.is(await noteOnTask(id, 'too late', by(pavlo)), 'closed');
  assert.is(await putTaskOff(id, { hours: 1, note: '' }, by(pavlo)), 'closed');
  assert.is(await settleTask(id, 'too late', by(pavlo)), 'closed');
  assert.is((await StaffTaskEvent.query().where({ taskId: id })).length, 0);
});

hands('stay with whoever had the step when it fails again', async () => {
  const workflowId = `service-cancellation:${randomUUID()}`;
  const { id } = await aTask({ workflowId });
  await assignTask(id, { from: null, to: pavlo.id }, by(oksana));
  await StaffTask.close(id, { answer: 'retry', answeredBy: oksana.id, answeredAt: at });
  assert.is((await aTask({ workflowId })).assigneeId, pavlo.id);
  assert.is((await aTask({ workflowId, step: 'releaseHoldings' })).assigneeId, null);
});

hands('without a process are settled, and take no answer that a process would have to act on', async () => {
  const { id, dueAt } = await aTask({ workflowId: null, subjectType: 'invoice', subject: 'NQ-2027-000001' });
  assert.equal(dueAt, new Date('2027-03-11T14:00Z'));
  const retried = StaffTask.close(id, { answer: 'retry', answeredBy: oksana.id, answeredAt: at });
  assert.match(String(await failureOf(retried)), 'staff_tasks_answered_without_process');
  assert.is(await settleTask(id, 'booked by hand', by(oksana)), 'done');
  assert.equal([(await read(id)).answer, (await read(id)).answeredBy], ['done', oksana.id]);
});

hands.run();
