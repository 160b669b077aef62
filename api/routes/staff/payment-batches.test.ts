import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { StaffMember } from '../../../models/accounts/staff-member.js';
import { CollectionBatch } from '../../../models/billing/collection-batch.js';
import { CollectionBatchItem } from '../../../models/billing/collection-batch-item.js';
import { CollectionPlan } from '../../../models/billing/collection-plan.js';
import { Invoice } from '../../../models/billing/invoice.js';
import { WriteOff } from '../../../models/billing/write-off.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aFailedPayment, anOpenAttempt } from '../../../tests/support/failed-payments.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';
import { collectionBatch } from '../../../workflows/messages/collection-batch.js';

const sets = suite('[BIL-06] sets at the payment desk');
const address = '/staff/payment-batches';
const now = new Date('2026-11-25T12:00:00Z');
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;
let staff: StaffMember;
let soft: string[];
let hard: string;
const processes = stubbedProcesses();

sets.before.each(async () => {
  for (const stub of Object.values(processes)) stub.reset();
  database = await openDatabase();
  guest = await visit(testApp({ processes, now: () => now }));
  staff = await aStaffMember({ role: 'billing' });
  visitor = await signedInVisitor(guest, staff);
  const failed = [await aFailedPayment(await aCustomer()), await aFailedPayment(await aCustomer())];
  soft = failed.map(({ invoice }) => invoice.number);
  hard = (await aFailedPayment(await aCustomer(), { kind: 'hard', code: 'stolen_card' })).invoice.number;
});
sets.after.each(async () => {
  await guest.leave();
  await database.close();
});

const fieldOf = (body: string, name: string) => body.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? '';
const shown = async (query: string) => (await visitor.get(`${address}/new?${query}`)).body;

sets('are shown before anything is sent: how many, how much, who is left out and why', async () => {
  const body = await shown('act=retry');
  assert.match(body, '2 invoices, €520.80');
  assert.equal(fieldOf(body, 'numbers').split(',').sort(), [...soft].sort());
  const [, left = ''] = body.split('Left out');
  assert.match(left, hard);
  assert.match(left, 'The bank refused this card for good');
  assert.is(await CollectionBatch.query().resultSize(), 0);
});

sets('follow the list’s filter, and what was ticked', async () => {
  assert.is(fieldOf(await shown('act=write_off&show=hard'), 'numbers'), hard);
  assert.is(fieldOf(await shown(`act=retry&pick=${soft[1]}`), 'numbers'), soft[1]);
  const both = await shown(`act=write_off&pick=${soft[1]}&pick=${hard}&pick=' OR 1=1`);
  assert.equal(fieldOf(both, 'numbers').split(',').sort(), [soft[1], hard].sort());
});

sets('are sent once, however often the button is pressed, and are followed', async () => {
  const body = await shown('act=retry');
  const fields = { batch: fieldOf(body, 'batch'), act: 'retry', numbers: fieldOf(body, 'numbers') };
  for (let times = 0; times < 2; times++) {
    const { status, location } = await visitor.post(address, fields);
    assert.equal([status, location], [303, `${address}/${fields.batch}`]);
  }
  assert.equal([await CollectionBatch.query().resultSize(), await CollectionBatchItem.query().resultSize()], [1, 2]);
  assert.is(await AuditEntry.query().where({ action: 'collection_batch.sent' }).resultSize(), 1);
  sinon.assert.calledWithExactly(processes.start, collectionBatch, { batchId: fields.batch });
  const [item] = await CollectionBatchItem.query().orderBy('position');
  await item?.settle('refused', 'underWay', new Date());
  const page = (await visitor.get(`${address}/${fields.batch}`)).body;
  assert.match(page, 'A try is under way.');
  assert.match(page, 'hx-trigger="every 3s"');
});

sets('leave out what is not decided by the time they are sent', async () => {
  const { invoice, card } = await aFailedPayment(await aCustomer());
  const fields = { batch: fieldOf(await shown('act=retry'), 'batch'), act: 'retry', numbers: invoice.number };
  await (await anOpenAttempt(invoice, card)).$query().patch({ status: 'unknown' });
  const { status, body } = await visitor.post(address, fields);
  assert.is(status, 409);
  assert.match(body, 'None of them can be acted on just now');
});

sets('are written off only with a reason, and show the set again without one', async () => {
  const body = await shown('act=write_off');
  const fields = { batch: fieldOf(body, 'batch'), act: 'write_off', numbers: fieldOf(body, 'numbers') };
  const refused = await visitor.post(address, fields);
  assert.is(refused.status, 422);
  assert.is(fieldOf(refused.body, 'numbers'), fields.numbers);
  assert.is((await visitor.post(address, { ...fields, reason: 'all gone', confirmed: 'on' })).status, 303);
  assert.is((await CollectionBatch.query().findById(fields.batch))?.reason, 'all gone');
});

sets('ask for new cards, and leave out who was asked within a day', async () => {
  const [asked, other] = await Promise.all(soft.map((number) => Invoice.query().findOne({ number })));
  await CollectionPlan.query().insert({ invoiceId: asked?.id, cardAskedAt: new Date('2026-11-25T08:00:00Z') });
  const body = await shown(`act=ask_card`);
  const [, left = ''] = body.split('Left out');
  assert.match(left, 'The customer was asked within the last day');
  assert.equal(fieldOf(body, 'numbers').split(',').sort(), [other?.number, hard].sort());
  assert.match(body, 'Send 2 letters');
  const fields = { batch: fieldOf(body, 'batch'), act: 'ask_card', numbers: fieldOf(body, 'numbers') };
  assert.is((await visitor.post(address, fields)).status, 303);
  assert.is(await CollectionBatchItem.query().resultSize(), 2);
});

sets('grant days with a reason, from where each try stood', async () => {
  const body = await shown('act=grant');
  assert.match(body, 'Next try Nov 23, 2026');
  assert.match(body.split('Left out')[1] ?? '', 'Nothing comes by itself');
  const fields = { batch: fieldOf(body, 'batch'), act: 'grant', numbers: fieldOf(body, 'numbers') };
  for (const [days, reason] of [
    ['', ''],
    ['15', 'moved house'],
    ['7', 'x'],
    ['7', 'x'.repeat(501)],
  ] as const)
    assert.is((await visitor.post(address, { ...fields, days, reason })).status, 422);
  assert.is((await visitor.post(address, { ...fields, days: '5', reason: 'moved house' })).status, 303);
  const batch = await CollectionBatch.query().findById(fields.batch);
  assert.equal([batch?.days, batch?.reason], [5, 'moved house']);
  const stood = (await CollectionBatchItem.query()).map(({ nextTryAt }) => nextTryAt?.toISOString());
  assert.equal(stood, ['2026-11-23T10:00:00.000Z', '2026-11-23T10:00:00.000Z']);
});

sets('are written off within what a role may: an invoice, and all of them together', async () => {
  const { invoice: large } = await aFailedPayment(await aCustomer(), { netMinor: 500_00 });
  const body = await shown('act=write_off');
  assert.match(body.split('Left out')[1] ?? '', 'More than your role may write off');
  assert.not.match(fieldOf(body, 'numbers'), large.number);
  for (let count = 0; count < 2; count++) await aFailedPayment(await aCustomer(), { netMinor: 400_00 });
  assert.match(await shown('act=write_off'), 'Write off 5 invoices');
  const { invoice: before } = await aFailedPayment(await aCustomer(), { netMinor: 400_00 });
  const by = { staffId: staff.id, address: '192.0.2.7' };
  assert.is(await WriteOff.record(before.id, { reason: 'gone', by }, now), undefined);
  const above = await shown('act=write_off');
  assert.match(above, 'Your role may give up €2,000.00 within 24 hours at most, and €480.00 of it is used');
  assert.is(fieldOf(above, 'numbers'), '');
  const numbers = (await Invoice.query().where({ status: 'open' })).map(({ number }) => number).join(',');
  const fields = { batch: fieldOf(body, 'batch'), act: 'write_off', numbers, reason: 'all gone', confirmed: 'on' };
  assert.is((await visitor.post(address, fields)).status, 403);
  assert.is(await CollectionBatch.query().resultSize(), 0);
  const administrator = await signedInVisitor(guest, await aStaffMember({ role: 'administrator' }));
  assert.is((await administrator.post(address, fields)).status, 303);
  assert.is(await CollectionBatchItem.query().resultSize(), 6);
});

sets('narrow by age, amount, tries and next try, and keep that in every address', async () => {
  const list = async (query: string) => (await visitor.get(`/staff/payments?${query}`)).body;
  assert.match(await list('least=100&tries=1'), soft[0] ?? '');
  for (const query of ['least=500', 'age=7', 'tries=3', 'show=soft&due=never'])
    assert.not.match(await list(query), `/staff/payments/${soft[0]}"`, query);
  const body = await list('least=100&due=week');
  assert.match(body, /payments\.csv\?least(=|&#x3D;)100&amp;due(=|&#x3D;)week/);
  assert.match(body, '<input type="hidden" name="least" value="100">');
});

sets('are left to those who may change billing', async () => {
  const reader = await signedInVisitor(guest, await aStaffMember({ role: 'support' }));
  assert.not.match((await reader.get('/staff/payments')).body, 'Preview retry');
  assert.is((await reader.get(`${address}/new?act=retry`)).status, 403);
  assert.is((await reader.post(address, { act: 'retry' })).status, 403);
});

sets.run();
