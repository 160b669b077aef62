import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lettersSent } from '../../tests/support/account-letters.js';
import { aCustomer, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aTask } from '../../tests/support/staff-tasks.js';
import { AccountLetter } from '../accounts/account-letter.js';
import { StaffMember } from '../accounts/staff-member.js';
import { ProcessStart } from './process-start.js';
import { StaffTask } from './staff-task.js';
import { escalateTasks } from './staff-task-escalation.js';
import { StaffTaskEvent } from './staff-task-event.js';
import { assignTask, putTaskOff } from './staff-task-hands.js';

const escalation = suite('[STF-07] escalation of staff tasks');
const at = (time: string) => new Date(`2027-03-11T${time}:00Z`);
let database: { close: () => Promise<void> };
let administrators: StaffMember[];
let member: StaffMember;

escalation.before.each(async () => {
  database = await openDatabase();
  administrators = [await aStaffMember({ role: 'administrator' }), await aStaffMember({ role: 'administrator' })];
  await aStaffMember({ role: 'administrator', disabledAt: at('09:00') });
  member = await aStaffMember({ role: 'data_centre' });
});
escalation.after.each(async () => {
  await database.close();
});

async function aTaskOf(assignee?: StaffMember): Promise<string> {
  const { id } = await aTask({ openedAt: at('10:00') });
  const act = { staff: member, address: '', at: at('10:05') };
  if (assignee) await assignTask(id, { from: null, to: assignee.id }, act);
  return id;
}

const reasonOf = async (id: string) => (await StaffTask.query().findById(id))?.escalatedFor;

for (const [what, isTaken, now, reason] of [
  ['nobody’s for 29 minutes', false, '10:29', null],
  ['nobody’s for 30 minutes', false, '10:30', 'unassigned'],
  ['somebody’s, a minute before it is due', true, '10:59', null],
  ['somebody’s, when it is due', true, '11:00', 'overdue'],
  ['nobody’s, and past its due time', false, '11:30', 'overdue'],
] as const) {
  escalation(`${what}: ${reason ?? 'stays where it is'}`, async () => {
    const id = await aTaskOf(isTaken ? member : undefined);
    assert.is(await escalateTasks(at(now)), reason ? 1 : 0);
    assert.is(await reasonOf(id), reason);
  });
}

escalation('writes one letter to each administrator who is here, and promises that it is sent', async () => {
  const id = await aTaskOf();
  await escalateTasks(at('10:40'));
  const letters = await AccountLetter.query().where({ kind: 'task_escalated' });
  const wanted = administrators.map((each) => each.id).sort();
  assert.equal(letters.map(({ staffMemberId }) => staffMemberId).sort(), wanted);
  assert.ok(letters.every(({ values }) => values.task === id));
  assert.is(await ProcessStart.query().where({ process: 'accountLetter' }).resultSize(), 2);
  assert.equal(
    (await StaffTaskEvent.query().where({ taskId: id })).map(({ event, staffId }) => [event, staffId]),
    [['escalated', null]],
  );
});

escalation('says by letter what waits, since when, in whose hands, and leads there', async () => {
  await aCustomer(); // and with it the shop whose name stands on the letter
  const id = await aTaskOf(member);
  await escalateTasks(at('11:00'));
  const [letter] = await lettersSent(at('11:01'));
  assert.match(letter?.subject ?? '', 'a staff task has waited too long');
  for (const words of ['web-1 could not be switched off', member.name, `https://shop.example/staff/tasks/${id}`])
    assert.match(letter?.text ?? '', words);
});

escalation(
  'never goes up twice: not in the next round, not in two at once, not when put off and late again',
  async () => {
    const id = await aTaskOf();
    const rounds = await Promise.all([escalateTasks(at('10:40')), escalateTasks(at('10:40'))]);
    assert.is(
      rounds.reduce((sum, count) => sum + count, 0),
      1,
    );
    await putTaskOff(id, { hours: 1, note: '' }, { staff: member, address: '', at: at('10:45') });
    assert.is(await escalateTasks(at('13:00')), 0);
    assert.is(await AccountLetter.query().where({ kind: 'task_escalated' }).resultSize(), 2);
  },
);

escalation('goes up when whoever had it is no longer here', async () => {
  const id = await aTaskOf(member);
  await StaffMember.query()
    .findById(member.id)
    .patch({ disabledAt: at('10:06') });
  await escalateTasks(at('10:07'));
  assert.is(await reasonOf(id), 'unassigned');
});

escalation('leaves answered tasks alone', async () => {
  const id = await aTaskOf();
  await StaffTask.close(id, { answer: 'retry', answeredBy: member.id, answeredAt: at('10:20') });
  assert.is(await escalateTasks(at('18:00')), 0);
});

escalation.run();
