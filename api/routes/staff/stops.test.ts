import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { RefundReturn } from '../../../models/billing/refund-return.js';
import { EmergencyStop } from '../../../models/durable/emergency-stop.js';
import { HeldStep } from '../../../models/durable/held-step.js';
import { ProcessStart } from '../../../models/durable/process-start.js';
import { type StaffRole, staffMayLift, staffRoles } from '../../../rules/accounts/staff-rights.js';
import type { Deed, StopKind } from '../../../rules/durable/stops.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { anInvoice } from '../../../tests/support/invoices.js';
import { aRefund } from '../../../tests/support/refunds.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';
import { refundReturn } from '../../../workflows/messages/refund-return.js';
import { stopRelease } from '../../../workflows/messages/stop-release.js';

const stops = suite('[STF-07] [WFL-06] the emergency stop');
const now = () => new Date('2027-03-11T12:10:00Z');
const processes = stubbedProcesses();
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;

stops.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ processes, now }));
  visitor = await signedInVisitor(guest, await aStaffMember({ name: 'Oksana Kovalenko' }));
});
stops.before.each(async () => {
  processes.start.reset();
  await HeldStep.query().delete();
  await EmergencyStop.query().delete();
});
stops.after(async () => {
  await guest.leave();
  await database.close();
});

const as = async (role: StaffRole) => signedInVisitor(guest, await aStaffMember({ role }));
const set = (kind: string, reason = 'amounts look wrong') => visitor.post('/staff/stops', { kind, reason });

async function standing(kind: StopKind): Promise<EmergencyStop> {
  return EmergencyStop.query().modify('standing').findOne({ kind }).throwIfNotFound();
}

async function held(stop: EmergencyStop, workflowId: string, deed: Deed, more: StopKind[] = [], customer?: Customer) {
  const act = { workflowId, activity: deed, askedFor: 'x', stops: ['all' as const, stop.kind, ...more] };
  const about = { subjectType: 'invoice', subject: workflowId, customerId: customer?.id ?? null };
  await HeldStep.query().insert({ ...act, ...about, deed, stopId: stop.id, since: now() });
}

stops('is set with a reason, stands on every page of the staff, and in the audit trail', async () => {
  const answer = await set('charges', 'Stripe sends every webhook twice');
  assert.equal([answer.status, answer.headers.get('location')], [303, '/staff/stops']);
  for (const page of ['/staff', '/staff/orders', '/staff/tasks']) {
    const { body } = await visitor.get(page);
    assert.match(body, 'Charges and refunds are stopped');
    assert.match(body, 'By Oksana Kovalenko on');
    assert.match(body, '“Stripe sends every webhook twice”');
  }
  const { action, subjectId, after } = await AuditEntry.query().modify('newestFirst').first().throwIfNotFound();
  assert.equal([action, subjectId, after], ['stop.set', 'charges', { reason: 'Stripe sends every webhook twice' }]);
});

stops('stands on no page of a customer’s, and on none of the staff while there is none', async () => {
  assert.not.match((await visitor.get('/staff')).body, 'qm-stop');
  await set('all');
  assert.not.match((await guest.get('/catalogue')).body, 'qm-stop');
});

const refused: readonly [form: Record<string, string>, says: string][] = [
  [{ kind: 'charges', reason: '' }, 'Say why'],
  [{ kind: 'charges', reason: '   ' }, 'Say why'],
  [{ kind: 'charges', reason: 'x'.repeat(501) }, 'Say why'],
  [{ kind: 'everything', reason: 'why' }, 'Choose what is to stop'],
  [{ reason: 'why' }, 'Choose what is to stop'],
];
for (const [form, says] of refused) {
  stops(`is not set by ${JSON.stringify(form).slice(0, 50)}`, async () => {
    const { status, body } = await visitor.post('/staff/stops', form);
    assert.is(status, 422);
    assert.match(body, says);
    assert.is(await EmergencyStop.query().resultSize(), 0);
  });
}

stops('is set once by two who pull it at the same moment', async () => {
  const answers = await Promise.all([set('mails'), set('mails')]);
  assert.equal(answers.map(({ status }) => status).sort(), [303, 409]);
  assert.is(await EmergencyStop.query().resultSize(), 1);
});

stops('shows before it is lifted what starts at once: sums by currency, letters, machines', async () => {
  await set('all');
  const stop = await standing('all');
  const customer = await aCustomer({ name: 'Fjordlys Medietjenester AS' });
  const [one, other] = [await anInvoice(customer), await anInvoice(customer)];
  for (const { id } of [one, other]) await held(stop, `invoice-payment:${id}`, 'charge', [], customer);
  await held(stop, 'account-letter:1', 'letter');
  const { body } = await visitor.get(`/staff/stops/${stop.id}`);
  const sum = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' }).format((2 * one.totalMinor) / 100);
  assert.match(body, sum);
  assert.match(body, 'Lift the stop: 3 steps start');
  assert.match(body, 'Fjordlys Medietjenester AS');
});

stops('shows the sum of a refund that its bank sent back and that is sent once more', async () => {
  await set('charges');
  const stop = await standing('charges');
  const returned = await aRefund(await anInvoice(await aCustomer(), { netMinor: 77_00 }), now());
  await RefundReturn.book(returned, now());
  await RefundReturn.replace(returned.id, now());
  for (const looks of [1, 2]) {
    await HeldStep.query().delete();
    await held(stop, refundReturn.workflowId({ refundId: returned.id, looks }), 'refund');
    assert.match((await visitor.get(`/staff/stops/${stop.id}`)).body, '€92.40');
  }
});

stops('says what stays where it is because another stop holds it too', async () => {
  await set('all');
  await set('power');
  const stop = await standing('all');
  await held(stop, 'power-command:1', 'power', ['power']);
  await held(stop, 'account-letter:1', 'letter', ['mails']);
  const { body } = await visitor.get(`/staff/stops/${stop.id}`);
  assert.match(body, 'Lift the stop: 1 step starts');
  assert.match(body, '1 more step stays where it is');
});

stops('is lifted once by two who lift it, who and when is kept, and its release is promised', async () => {
  await set('installations');
  const stop = await standing('installations');
  const lift = () => visitor.post(`/staff/stops/${stop.id}/release`, {});
  assert.equal(
    (await Promise.all([lift(), lift()])).map(({ status }) => status),
    [303, 303],
  );
  sinon.assert.calledOnceWithExactly(processes.start, stopRelease, { stopId: stop.id });
  assert.is(
    await ProcessStart.query()
      .where({ workflowId: `stop-release:${stop.id}` })
      .resultSize(),
    1,
  );
  const trail = await AuditEntry.query().where({ action: 'stop.lifted', subjectId: 'installations' });
  assert.is(trail.length, 1);
  const { body } = await visitor.get('/staff/stops');
  assert.match(body, 'Automation is running');
  assert.match(body, 'amounts look wrong');
  assert.match((await visitor.get(`/staff/stops/${stop.id}`)).body, 'Lifted by Oksana Kovalenko');
  assert.is((await set('installations')).status, 303);
});

stops('may be set by whoever acts, and lifted by those whose work it holds', async () => {
  await set('power');
  const { id } = await standing('power');
  assert.is((await (await as('read_only')).post('/staff/stops', { kind: 'mails', reason: 'why' })).status, 403);
  assert.is((await (await as('support')).post('/staff/stops', { kind: 'mails', reason: 'why' })).status, 303);
  const billing = await as('billing');
  assert.match((await billing.get(`/staff/stops/${id}`)).body, 'Lifting this stop is for administrators');
  assert.is((await billing.post(`/staff/stops/${id}/release`, {})).status, 403);
  assert.is((await (await as('data_centre')).post(`/staff/stops/${id}/release`, {})).status, 303);
});

const lifting: Readonly<Record<StaffRole, readonly StopKind[]>> = {
  administrator: ['all', 'charges', 'power', 'mails', 'installations', 'dunning'],
  support: ['mails'],
  billing: ['charges', 'dunning'],
  data_centre: ['power', 'installations'],
  read_only: [],
};
for (const role of staffRoles) {
  stops(`a ${role} may lift ${lifting[role].join(', ') || 'nothing'}`, () => {
    const may = lifting.administrator.filter((kind) => staffMayLift(role, kind));
    assert.equal(may, lifting[role]);
  });
}

stops('that automation set by itself says from when to when it slept', async () => {
  const cause = { noticed: 'slept', from: '2027-03-11T02:00:00Z', to: '2027-03-11T11:00:00Z' } as const;
  await EmergencyStop.transaction((trx) => EmergencyStop.setByAutomation(cause, now(), trx));
  const { body } = await visitor.get('/staff');
  assert.match(body, 'Retries, reminders and suspensions are stopped');
  assert.match(body, /automation slept from .*March.* to .*March/);
});

stops.run();
