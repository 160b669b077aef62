import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessesUnavailable, ProcessRefused, ProcessStillAtIt } from '../../../gateways/processes.js';
import type { StaffMember } from '../../../models/accounts/staff-member.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aService, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { aRestingEnd, aTask } from '../../../tests/support/staff-tasks.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';
import { NotResting } from '../../../workflows/messages/failures.js';
import { takeUpCancellation } from '../../../workflows/messages/service-cancellation.js';
import { processOfTask } from '../../../workflows/messages/staff-tasks.js';

const rest = suite('[STF-07] what staff gave up, and it rests');
const now = new Date('2027-03-11T12:10:00Z');
const processes = stubbedProcesses();
let database: { close: () => Promise<void> };
let guest: Visitor;
let staff: StaffMember;
let visitor: Visitor;

rest.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ processes, now: () => now }));
  staff = await aStaffMember({ name: 'Oksana Kovalenko' });
  visitor = await signedInVisitor(guest, staff);
});
rest.before.each(() => {
  processes.update.reset();
});
rest.after(async () => {
  await guest.leave();
  await database.close();
});

async function resting() {
  const service = await aService(await aCustomer());
  const { cancellation, taskId } = await aRestingEnd(service, now);
  return { service, cancellation, task: `/staff/tasks/${taskId}`, takenUp: `/staff/tasks/${taskId}/resumption` };
}

rest('says on its task until when, and is taken up from there with a reason', async () => {
  const { cancellation, task, takenUp } = await resting();
  const { body } = await visitor.get(task);
  for (const said of ['At rest', 'tried again by itself on Mar 18, 2027', `action="${takenUp}"`])
    assert.match(body, said);
  const answer = await visitor.post(takenUp, { note: ' the switch is back ' });
  assert.equal([answer.status, answer.location], [303, task]);
  const [[process, subject, message, { by, note }]] = processes.update.args as [[object, object, object, TakenUpNow]];
  assert.equal([process, message], [processOfTask, takeUpCancellation]);
  assert.equal(subject, { workflowId: `service-cancellation:${cancellation.id}` });
  assert.equal([by.staffId, by.address.length > 0, note], [staff.id, true, 'the switch is back']);
});

interface TakenUpNow {
  readonly by: { readonly staffId: string; readonly address: string };
  readonly note: string;
}

rest('is listed among the workflows that are held up, by its task', async () => {
  const { service, task } = await resting();
  const { body } = await visitor.get(`/staff/workflows?show=waiting&q=${encodeURIComponent(service.name)}`);
  assert.match(body, `href="${task}"`);
  assert.match(body, `a week after this was given up: ${service.name} could not be cut off`);
  assert.match(body, 'Taking down paused');
});

rest('is told before it is given up: that it comes back, and what stays meanwhile', async () => {
  const { id } = await aTask({ subject: 'web-7', step: 'cutOffServer' });
  const { body } = await visitor.post(`/staff/tasks/${id}/answer`, { answer: 'cancel', note: 'the switch is old' });
  for (const said of ['It comes back in a week', 'rests for a week', 'web-7 keeps its machine'])
    assert.match(body, said);
  assert.not.match(body, 'cannot be taken back');
});

rest('is taken up by nobody without a reason, and nothing typed is lost', async () => {
  const { takenUp } = await resting();
  for (const note of ['  ', 'x'.repeat(501)]) {
    const { status, body } = await visitor.post(takenUp, { note });
    assert.is(status, 422);
    assert.match(body, 'Say why, in at most 500 characters.');
    assert.match(body, `>${note}</textarea>`);
  }
  sinon.assert.notCalled(processes.update);
});

rest('is there no more once it was taken up, and was never there of what is open', async () => {
  const { cancellation, task, takenUp } = await resting();
  await cancellation.moveTo('ending', now);
  assert.not.match((await visitor.get(task)).body, 'At rest');
  const open = await aTask();
  for (const path of [takenUp, `/staff/tasks/${open.id}/resumption`]) {
    const { status, body } = await visitor.post(path, { note: 'once more' });
    assert.equal([status, /Nothing rests here any more/.test(body)], [409, true]);
  }
  sinon.assert.notCalled(processes.update);
});

for (const [error, status, words] of [
  [new ProcessRefused('no', { refusal: NotResting }), 409, 'Nothing rests here any more'],
  [new ProcessRefused('no such process is running'), 409, 'nothing is tried again by itself'],
  [new ProcessesUnavailable('away'), 503, 'The workflows do not answer just now'],
  [new ProcessStillAtIt('accepted'), 503, 'has taken your answer and is writing it down'],
] as const) {
  rest(`says in words what came of it, and loses nothing: ${error.name}, ${error.message}`, async () => {
    const { takenUp } = await resting();
    processes.update.rejects(error);
    const answer = await visitor.post(takenUp, { note: 'the switch is back' });
    assert.is(answer.status, status);
    for (const said of [words, 'the switch is back</textarea>']) assert.match(answer.body, said);
  });
}

rest('is read by those who may not decide, who are told so', async () => {
  const { task, takenUp } = await resting();
  const reader = await signedInVisitor(guest, await aStaffMember({ role: 'billing' }));
  const { body } = await reader.get(task);
  assert.match(body, 'You may read this');
  assert.not.match(body, takenUp);
  assert.is((await reader.post(takenUp, { note: 'mine' })).status, 403);
  sinon.assert.notCalled(processes.update);
});

rest.run();
