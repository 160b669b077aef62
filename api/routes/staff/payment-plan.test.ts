import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessRefused } from '../../../gateways/processes.js';
import type { StaffMember } from '../../../models/accounts/staff-member.js';
import { CollectionPlan } from '../../../models/billing/collection-plan.js';
import type { Invoice } from '../../../models/billing/invoice.js';
import type { PaymentMethod } from '../../../models/billing/payment-method.js';
import { WriteOff } from '../../../models/billing/write-off.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aFailedPayment, anOpenAttempt } from '../../../tests/support/failed-payments.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';
import { askForCard, changeSchedule, refusedWith, writeOff } from '../../../workflows/messages/desk.js';
import { invoicePayment } from '../../../workflows/messages/invoice-payment.js';

const plans = suite('[BIL-06] how collecting goes on, at the desk');
const now = new Date('2026-11-25T12:00:00Z');
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;
let staff: StaffMember;
let invoice: Invoice;
let card: PaymentMethod;
let address: string;
const processes = stubbedProcesses();
const plan = () => ({ kind: 'at', card: card.id, at: '2026-11-27T09:00' });
const loss = { reason: 'the company is gone', confirmed: 'on' };

plans.before.each(async () => {
  for (const stub of Object.values(processes)) stub.reset();
  database = await openDatabase();
  guest = await visit(testApp({ processes, now: () => now }));
  staff = await aStaffMember({ role: 'billing', timeZone: 'Europe/Kyiv' });
  visitor = await signedInVisitor(guest, staff);
  ({ invoice, card } = await aFailedPayment(await aCustomer(), { on: '2026-11-24T13:00:00Z' }));
  address = `/staff/payments/${invoice.number}`;
});
plans.after.each(async () => {
  await guest.leave();
  await database.close();
});

function asked(): unknown {
  const [contract, subject, message, { by, ...wish }] = processes.update.firstCall.args;
  assert.equal([contract, subject, typeof by.staffId], [invoicePayment, { invoiceId: invoice.id }, 'string']);
  return [message, wish];
}

plans('tell the process when to try which card, in the hours of who says it', async () => {
  assert.is((await visitor.post(`${address}/schedule`, plan())).status, 303);
  const change = { kind: 'at', at: '2026-11-27T07:00:00.000Z', paymentMethodId: card.id };
  assert.equal(asked(), [changeSchedule, { change }]);
});

plans('hold tries off from the beginning of a day, and let them go on', async () => {
  await visitor.post(`${address}/schedule`, { kind: 'hold', until: '2026-12-02' });
  assert.equal(asked(), [changeSchedule, { change: { kind: 'hold', until: '2026-12-01T22:00:00.000Z' } }]);
  processes.update.resetHistory();
  await visitor.post(`${address}/schedule`, { _method: 'delete' });
  assert.equal(asked(), [changeSchedule, { change: { kind: 'usual' } }]);
});

plans('give days more before what comes next, with a reason', async () => {
  const { body } = await visitor.get(address);
  const from = body.match(/name="from" value="([^"]*)"/)?.[1] ?? '';
  assert.is(from, '2026-11-25T13:00:00.000Z');
  assert.match(body, 'What comes next by itself is a try on Nov 25, 2026, 15:00');
  assert.is((await visitor.post(`${address}/grants`, { days: '7', reason: 'paid on Friday', from })).status, 303);
  assert.equal(asked(), [changeSchedule, { change: { kind: 'grant', days: 7, reason: 'paid on Friday', from } }]);
});

for (const wrong of [
  { days: '0' },
  { days: '15' },
  { days: '1.5' },
  { days: '-3' },
  { reason: 'x' },
  { from: 'now' },
]) {
  plans(`give no days for ${JSON.stringify(wrong)}`, async () => {
    const whole = { days: '7', reason: 'paid on Friday', from: '2026-11-25T13:00:00.000Z' };
    assert.is((await visitor.post(`${address}/grants`, { ...whole, ...wrong })).status, 422);
    sinon.assert.notCalled(processes.update);
  });
}

plans('give no days where the process says that the try has moved', async () => {
  processes.update.rejects(new ProcessRefused('moved', { refusal: refusedWith.moved }));
  const wish = { days: '7', reason: 'paid on Friday', from: '2026-11-25T13:00:00.000Z' };
  const { status, body } = await visitor.post(`${address}/grants`, wish);
  assert.is(status, 409);
  assert.match(body, 'The next try has moved since you looked');
});

plans('leave what is above a role’s limit to an administrator, in the page and at the route', async () => {
  const { invoice: large } = await aFailedPayment(await aCustomer(), { netMinor: 500_00 });
  const page = `/staff/payments/${large.number}`;
  const { body } = await visitor.get(page);
  assert.match(body, 'Your role may give up €500.00 of an invoice at most. This one is for an administrator');
  assert.not.match(body, `${page}/write-off`);
  const refused = await visitor.post(`${page}/write-off`, loss);
  assert.is(refused.status, 403);
  assert.match(refused.body, 'That is more than your role may write off');
  sinon.assert.notCalled(processes.update);
  const administrator = await signedInVisitor(guest, await aStaffMember({ role: 'administrator' }));
  assert.match((await administrator.get(page)).body, `${page}/write-off`);
  assert.is((await administrator.post(`${page}/write-off`, loss)).status, 303);
});

plans('leave what is above a person’s limit of a day to an administrator, in the page and at the route', async () => {
  const by = { staffId: staff.id, address: '192.0.2.7' };
  for (let count = 0; count < 4; count++) {
    const { invoice: lost } = await aFailedPayment(await aCustomer(), { netMinor: 400_00 });
    assert.is(await WriteOff.record(lost.id, { reason: 'gone', by }, now), undefined);
  }
  const { body } = await visitor.get(address);
  assert.match(body, 'Your role may give up €2,000.00 within 24 hours at most, and €1,920.00 of it is used');
  assert.not.match(body, `${address}/write-off`);
  const refused = await visitor.post(`${address}/write-off`, loss);
  assert.is(refused.status, 403);
  assert.match(refused.body, 'more than your role may write off within 24 hours');
  sinon.assert.notCalled(processes.update);
});

plans('are told on the page: what staff planned, what they hold off, what the schedule does', async () => {
  const keep = (plan: object) => CollectionPlan.transaction((trx) => CollectionPlan.keep(invoice.id, plan, trx));
  assert.match((await visitor.get(address)).body, 'The usual card is tried on Nov 25, 2026, 15:00, by the schedule');
  await keep({ tryAt: '2026-11-27T07:00:00.000Z', paymentMethodId: card.id });
  const { body } = await visitor.get(address);
  assert.match(body, 'Visa •••• 4242 is tried on Nov 27, 2026, 09:00, as staff planned');
  assert.match(body, 'Back to the usual schedule');
  await keep({ heldUntil: '2026-12-01T22:00:00.000Z' });
  assert.match((await visitor.get(address)).body, 'Held off by staff. The usual card is tried on Dec 2, 2026, 00:00');
});

plans('send a letter that asks for another card', async () => {
  assert.is((await visitor.post(`${address}/card-requests`, {})).status, 303);
  assert.equal(asked(), [askForCard, {}]);
});

plans('give an invoice up only with a reason and after it was read what that means', async () => {
  assert.match((await visitor.get(address)).body, '€260.40 are given up and booked as a loss');
  const { confirmed: _, ...unread } = loss;
  for (const fields of [unread, { ...loss, reason: ' x ' }, { ...loss, reason: 'x'.repeat(501) }, {}])
    assert.is((await visitor.post(`${address}/write-off`, fields as never)).status, 422, JSON.stringify(fields));
  sinon.assert.notCalled(processes.update);
  assert.is((await visitor.post(`${address}/write-off`, loss)).status, 303);
  assert.equal(asked(), [writeOff, { reason: loss.reason }]);
});

const wrong = [
  { kind: 'at', at: '2026-11-27T09:00' },
  { kind: 'at', card: 'visa', at: '2026-11-27T09:00' },
  { kind: 'at', card: '3f1c2b8a-0d63-4a55-9f41-2c9f0d6f7a10', at: 'tomorrow' },
  { kind: 'at', card: '3f1c2b8a-0d63-4a55-9f41-2c9f0d6f7a10', at: '2026-13-27T09:00' },
  { kind: 'hold', until: '2026-02-30' },
  { kind: 'never' },
  {},
];
for (const fields of wrong) {
  plans(`ask nobody where a form says ${JSON.stringify(fields)}`, async () => {
    assert.is((await visitor.post(`${address}/schedule`, fields as never)).status, 422);
    sinon.assert.notCalled(processes.update);
  });
}

for (const [reason, refusal] of Object.entries(refusedWith)) {
  plans(`say in words that the process refused with ${refusal}`, async () => {
    processes.update.rejects(new ProcessRefused('no', { refusal }));
    const { status, body } = await visitor.post(`${address}/schedule`, plan());
    assert.is(status, 409, reason);
    assert.match(body, 'Nothing was done');
    assert.not.match(body, `desk.barred.${reason}`);
    assert.not.match(body, '{{');
    sinon.assert.calledOnce(processes.update);
  });
}

plans('ask nobody while the last try is unknown', async () => {
  await (await anOpenAttempt(invoice, card)).$query().patch({ status: 'unknown' });
  for (const [what, fields] of [
    ['schedule', plan()],
    ['card-requests', {}],
    ['write-off', loss],
  ] as const) {
    const { status, body } = await visitor.post(`${address}/${what}`, fields);
    assert.is(status, 409, what);
    assert.match(body, 'Nobody can say yet');
  }
  sinon.assert.notCalled(processes.update);
});

plans('are left to those who may change billing', async () => {
  const reader = await signedInVisitor(guest, await aStaffMember({ role: 'support' }));
  assert.not.match((await reader.get(address)).body, 'Write off');
  for (const [what, fields] of [
    ['schedule', plan()],
    ['card-requests', {}],
    ['write-off', loss],
  ] as const)
    assert.is((await reader.post(`${address}/${what}`, fields)).status, 403, what);
});

plans.run();
