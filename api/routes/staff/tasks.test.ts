import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessesUnavailable, ProcessRefused, ProcessStillAtIt } from '../../../gateways/processes.js';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { StaffMember } from '../../../models/accounts/staff-member.js';
import { StaffTask } from '../../../models/durable/staff-task.js';
import type { StaffRole } from '../../../rules/accounts/staff-rights.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { aPlacedOrder, aTask } from '../../../tests/support/staff-tasks.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';
import { NoSuchStaffTask, StepNotSkippable } from '../../../workflows/messages/failures.js';
import { processOfTask, resolveStaffTask } from '../../../workflows/messages/staff-tasks.js';

const tasks = suite('[STF-07] staff tasks');
const now = () => new Date('2027-03-11T12:10:00Z');
const processes = stubbedProcesses();
let database: { close: () => Promise<void> };
let guest: Visitor;
let staff: StaffMember;
let visitor: Visitor;

tasks.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ processes, now, temporalUi: { url: 'http://ui.example', namespace: 'shop' } }));
  staff = await aStaffMember({ name: 'Oksana Kovalenko' });
  visitor = await signedInVisitor(guest, staff);
});
tasks.before.each(() => {
  processes.update.reset();
});
tasks.after(async () => {
  await guest.leave();
  await database.close();
});

function as(role: StaffRole) {
  return aStaffMember({ role }).then((member) => signedInVisitor(guest, member));
}

tasks('are listed, the longest waiting first, with what they are about', async () => {
  const customer = await aCustomer({ name: 'Fjordlys Medietjenester AS' });
  await aTask({ subject: 'late-1', since: new Date('2027-03-11T11:10Z'), customerId: customer.id });
  await aTask({ subject: 'early-1', since: new Date('2027-03-11T10:00Z') });
  const { body } = await visitor.get('/staff/tasks');
  assert.ok(body.indexOf('early-1 could not be switched off') < body.indexOf('late-1 could not be switched off'));
  assert.match(body, 'Service late-1 of Fjordlys Medietjenester AS');
  assert.match(body, '2 hr 10 min');
  assert.match((await visitor.get('/staff/tasks?q=fjordlys')).body, 'late-1');
  assert.not.match((await visitor.get('/staff/tasks?q=fjordlys')).body, 'early-1');
});

tasks('say what failed, what stands outside, and what each answer does', async () => {
  const order = await aPlacedOrder(await aCustomer(), { placedAt: new Date('2027-03-11T12:00Z') });
  const about = { workflowId: `order:${order.id}`, subjectType: 'order', subject: order.number } as const;
  const { id } = await aTask({ ...about, step: 'refundPayments', reason: 'PaymentsUnavailable: 503' });
  const { status, body } = await visitor.get(`/staff/tasks/${id}`);
  assert.is(status, 200);
  assert.match(body, `The money for ${order.number} could not be paid back`);
  assert.match(body, 'PaymentsUnavailable: 503');
  assert.match(body, /Machine S-\d+ is held/);
  assert.match(body, 'Not done: Payment, Reserve the machine');
  assert.match(body, 'nothing is paid back twice');
  assert.match(body, `href="/staff/orders/${order.number}"`);
  assert.match(body, `http://ui.example/namespaces/shop/workflows/order%3A${order.id}`);
  assert.not.match(body, 'value="skip"');
});

tasks('give the answer to the process that waits', async () => {
  const task = await aTask();
  const answer = await visitor.post(`/staff/tasks/${task.id}/answer`, { answer: 'retry', note: ' cable was loose ' });
  assert.equal([answer.status, answer.location], [303, `/staff/tasks/${task.id}`]);
  const resolution = { taskId: task.id, answer: 'retry', staffId: staff.id, note: 'cable was loose' };
  const asked = [processOfTask, { workflowId: task.workflowId }, resolveStaffTask, resolution];
  sinon.assert.calledOnceWithExactly(processes.update, ...asked);
});

tasks('ask a second time before anything is given up', async () => {
  const task = await aTask();
  const address = `/staff/tasks/${task.id}/answer`;
  const asked = await visitor.post(address, { answer: 'cancel', note: 'sold the <b>machine</b>' });
  assert.is(asked.status, 200);
  assert.match(asked.body, 'Yes, give up web-1');
  assert.match(asked.body, 'keeps running and holds its machine and addresses');
  assert.match(asked.body, 'value="sold the &lt;b&gt;machine&lt;/b&gt;"');
  sinon.assert.notCalled(processes.update);

  await visitor.post(address, { answer: 'cancel', note: 'sold', confirmed: 'on' });
  assert.is(processes.update.lastCall.args[3].answer, 'cancel');
});

tasks('show who decided what, and take no second answer', async () => {
  const { id } = await aTask({ subject: 'web-2' });
  await StaffTask.close(id, { answer: 'retry', answeredBy: staff.id, answeredAt: now() }, 'why');
  const { body } = await visitor.get(`/staff/tasks/${id}`);
  assert.match(body, 'Oksana Kovalenko had it tried again.');
  assert.not.match(body, 'name="answer"');
  const second = await visitor.post(`/staff/tasks/${id}/answer`, { answer: 'cancel', note: 'no', confirmed: 'on' });
  assert.is(second.status, 409);
  assert.match(second.body, 'Somebody has already decided');
  sinon.assert.notCalled(processes.update);
});

for (const [refusal, words] of [
  [NoSuchStaffTask, 'the process no longer waits for this'],
  [StepNotSkippable, 'This step must be done'],
  [undefined, 'The process runs no more'],
] as const) {
  tasks(`say in words that the process refused: ${refusal ?? 'gone'}`, async () => {
    const { id } = await aTask();
    processes.update.rejects(new ProcessRefused('no', { refusal }));
    const { status, body } = await visitor.post(`/staff/tasks/${id}/answer`, { answer: 'skip', note: 'it can wait' });
    assert.is(status, 409);
    assert.match(body, words);
  });
}

for (const [error, words] of [
  [new ProcessesUnavailable('away'), 'The workflows do not answer just now'],
  [new ProcessStillAtIt('accepted'), 'has taken your answer and is writing it down'],
] as const) {
  tasks(`say that nobody answered in time, and lose nothing: ${error.name}`, async () => {
    const { id } = await aTask();
    processes.update.rejects(error);
    const { status, body } = await visitor.post(`/staff/tasks/${id}/answer`, { answer: 'retry', note: 'cable again' });
    assert.is(status, 503);
    for (const said of [words, 'cable again</textarea>', `action="/staff/tasks/${id}/answer"`])
      assert.match(body, said);
  });
}

tasks('whose process is gone are closed by hand, audited; never past one that runs', async () => {
  const { id, subject } = await aTask({ subject: 'gone-1' });
  processes.update.rejects(new ProcessRefused('no such process is running'));
  const { body } = await visitor.post(`/staff/tasks/${id}/answer`, { answer: 'retry', note: 'try it' });
  assert.match(body, `action="/staff/tasks/${id}/settlement"`);
  assert.not.match(body, 'name="answer"');

  processes.isRunning.resolves(true);
  const refused = await visitor.post(`/staff/tasks/${id}/settlement`, { note: 'switched off by hand' });
  assert.equal([refused.status, /runs and waits for an answer/.test(refused.body)], [409, true]);
  processes.isRunning.resolves(false);
  const settle = (note: string) => visitor.post(`/staff/tasks/${id}/settlement`, { note });
  assert.is((await settle(' ')).status, 422);
  assert.is((await settle('switched off by hand')).status, 303);
  assert.is((await settle('once more')).status, 409);
  const entry = await AuditEntry.query().findOne({ subjectId: subject, action: 'staff_task.answered' });
  assert.equal(entry?.after, { step: 'suspendService', answer: 'done', note: 'switched off by hand' });
});

tasks('without a process are read and closed, and nobody is asked', async () => {
  const { id } = await aTask({ workflowId: null, subjectType: 'invoice', subject: 'NQ-2027-000004', step: 'books' });
  const { body } = await visitor.get(`/staff/tasks/${id}`);
  assert.match(body, 'Nothing happens by itself');
  assert.not.match(body, 'name="answer"');
  const posted = await visitor.post(`/staff/tasks/${id}/answer`, { answer: 'retry', note: 'x' });
  assert.is(posted.status, 409);
  assert.is((await visitor.post(`/staff/tasks/${id}/settlement`, { note: 'booked' })).status, 303);
  sinon.assert.notCalled(processes.update);
});

for (const [what, body] of Object.entries({
  nothing: '',
  'no reason': 'answer=retry&note=+',
  'an unknown answer': 'answer=delete&note=because',
  'two answers': 'answer=retry&answer=cancel&note=because',
  'two reasons': 'answer=retry&note=one&note=two',
  'a reason too long': `answer=retry&note=${'x'.repeat(501)}`,
  'a prototype': '__proto__=1&answer=__proto__&note=because',
  'a constructor': 'constructor=1&answer=constructor&note=because',
})) {
  tasks(`take no form with ${what}`, async () => {
    const { id } = await aTask();
    const answer = await visitor.post(`/staff/tasks/${id}/answer`, new URLSearchParams(body));
    assert.is(answer.status, 422);
    assert.match(answer.body, 'href="#');
    sinon.assert.notCalled(processes.update);
    assert.is((await StaffTask.query().findById(id))?.answer, null);
  });
}

tasks('lose nothing that was typed', async () => {
  const { id } = await aTask();
  const { body } = await visitor.post(`/staff/tasks/${id}/answer`, { answer: 'explode', note: 'a long <i>reason</i>' });
  assert.match(body, 'a long &lt;i&gt;reason&lt;/i&gt;</textarea>');
});

tasks('are nowhere but under their own id', async () => {
  for (const id of ['1', 'nonsense', '00000000-0000-4000-8000-000000000000', "'%20OR%201=1"]) {
    assert.is((await visitor.get(`/staff/tasks/${id}`)).status, 404);
    assert.is((await visitor.post(`/staff/tasks/${id}/answer`, { answer: 'retry', note: 'x' })).status, 404);
  }
});

for (const [role, may] of Object.entries({
  administrator: ['money', 'hardware'],
  support: ['money', 'hardware'],
  billing: ['money'],
  data_centre: ['hardware'],
  read_only: [],
})) {
  tasks(`are read by ${role}, and decided where it is theirs: ${may.join(', ') || 'nowhere'}`, async () => {
    const member = await as(role as StaffRole);
    const money = await aTask({
      workflowId: 'invoice-payment:00000000-0000-4000-8000-000000000000',
      step: 'createCharge',
    });
    for (const [matter, { id }] of [
      ['money', money],
      ['hardware', await aTask()],
    ] as const) {
      const theirs = (may as readonly string[]).includes(matter);
      const page = await member.get(`/staff/tasks/${id}`);
      assert.equal([page.status, page.body.includes('name="answer"')], [200, theirs]);
      const { status } = await member.post(`/staff/tasks/${id}/answer`, { answer: 'retry', note: 'x' });
      assert.is(status, theirs ? 303 : 403);
    }
    assert.is(processes.update.callCount, may.length);
  });
}

tasks.run();
