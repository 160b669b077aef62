import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessesUnavailable, ProcessRefused, ProcessStillAtIt } from '../../gateways/processes.js';
import type { StaffMember } from '../../models/accounts/staff-member.js';
import { CollectionBatch } from '../../models/billing/collection-batch.js';
import { CollectionBatchItem } from '../../models/billing/collection-batch-item.js';
import { CollectionPlan } from '../../models/billing/collection-plan.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { WriteOff } from '../../models/billing/write-off.js';
import type { BatchAct } from '../../rules/billing/batch-selection.js';
import { aCustomer, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aFailedPayment } from '../../tests/support/failed-payments.js';
import { failureOf } from '../../tests/support/failure.js';
import { stubbedProcesses } from '../../tests/support/stubbed-processes.js';
import { askForCard, changeSchedule } from '../../workflows/messages/desk.js';
import { AskedLately, InvoiceClosed, NextTryMoved } from '../../workflows/messages/failures.js';
import { invoicePayment } from '../../workflows/messages/invoice-payment.js';
import { createBatchActivities } from './batches.js';

const batches = suite('[BIL-06] a set that staff act on together');
const processes = stubbedProcesses();
const { workOnBatch } = createBatchActivities({ processes });
let database: { close: () => Promise<void> };
let staff: StaffMember;
let failed: Awaited<ReturnType<typeof aFailedPayment>>[];

batches.before.each(async () => {
  for (const stub of Object.values(processes)) stub.reset();
  database = await openDatabase();
  staff = await aStaffMember();
  failed = [];
  for (let count = 0; count < 3; count++) failed.push(await aFailedPayment(await aCustomer()));
});
batches.after.each(() => database.close());

const nextTryAt = new Date('2026-11-26T10:00:00Z');
const withReason = (act: BatchAct) => act === 'write_off' || act === 'grant';

async function aBatch(act: BatchAct = 'retry', id: string = randomUUID()): Promise<string> {
  const invoices = failed.map(({ invoice }) => ({ id: invoice.id, nextTryAt }));
  const wanted = { id, act, reason: withReason(act) ? 'the company is gone' : null, invoices };
  Object.assign(wanted, { days: act === 'grant' ? 7 : null });
  await CollectionBatch.accept(wanted, { staff, address: '192.0.2.7', at: new Date('2026-11-25T12:00:00Z') });
  return id;
}

const work = (batchId: string, attempt = 1) => new MockActivityEnvironment({ attempt }).run(() => workOnBatch(batchId));
const items = (batchId: string) => CollectionBatchItem.query().where({ batchId }).orderBy('position');
const came = async (batchId: string) => (await items(batchId)).map(({ state, why }) => [state, why]);

batches('is one however often it is sent', async () => {
  const id = await aBatch();
  await aBatch('retry', id);
  assert.is((await items(id)).length, 3);
});

batches('has each usual card tried under the item’s own id, and keeps what came of it', async () => {
  const id = await aBatch();
  processes.update.onCall(0).resolves({ attemptId: 'a', status: 'paid_from_credit' });
  processes.update.onCall(1).resolves({ attemptId: 'b', status: 'declined', declineCode: 'expired_card' });
  processes.update.onCall(2).rejects(new ProcessStillAtIt('not yet'));
  assert.equal(await work(id), { left: 0 });
  assert.equal(await came(id), [
    ['done', 'fromCredit'],
    ['declined', 'expired_card'],
    ['begun', null],
  ]);
  const [item] = await items(id);
  const [, , , wish] = processes.update.firstCall.args;
  const by = { staffId: staff.id, address: '192.0.2.7' };
  assert.equal(wish, { paymentMethodId: failed[0]?.card.id, by, attemptId: item?.id });
  assert.ok((await CollectionBatch.query().findById(id))?.doneAt);
});

batches('lists what its process refused with the reason, and goes on', async () => {
  const id = await aBatch('write_off');
  processes.update.rejects(new ProcessRefused('no', { refusal: InvoiceClosed }));
  await work(id);
  assert.equal(await came(id), Array(3).fill(['refused', 'closed']));
});

batches('[BIL-05] asks nothing twice when it is tried again after a crash', async () => {
  const id = await aBatch();
  const [first] = await items(id);
  const invoiceId = failed[0]?.invoice.id ?? '';
  const wanted = { id: first?.id ?? '', invoiceId, paymentMethodId: failed[0]?.card.id ?? '', onSession: false };
  await PaymentAttempt.open(wanted, new Date()); // asked for, and then the worker was killed
  processes.update.resolves({ attemptId: 'x', status: 'succeeded' });
  await work(id);
  assert.equal(await came(id), [
    ['begun', null],
    ['done', null],
    ['done', null],
  ]);
  await work(id);
  sinon.assert.calledTwice(processes.update);
});

batches('[BIL-05] finds what was written off before a crash', async () => {
  const id = await aBatch('write_off');
  const by = { staffId: staff.id, address: '192.0.2.7' };
  for (const { invoice } of failed) await WriteOff.record(invoice.id, { reason: 'gone', by }, new Date());
  await work(id);
  assert.equal(await came(id), Array(3).fill(['done', null]));
  sinon.assert.notCalled(processes.update);
});

batches('waits where the cluster is away: what is not asked yet is asked when it is back', async () => {
  const id = await aBatch('write_off');
  processes.update.onFirstCall().resolves().onSecondCall().rejects(new ProcessesUnavailable('away'));
  assert.instance(await failureOf(work(id)), ProcessesUnavailable);
  assert.equal(
    (await came(id)).map(([state]) => state),
    ['done', 'waiting', 'waiting'],
  );
  processes.update.resolves();
  assert.equal(await work(id), { left: 0 });
});

batches('begins each process that nobody runs, and says after some tries that there is none', async () => {
  const id = await aBatch();
  processes.update.rejects(new ProcessRefused('no such process is running'));
  assert.instance(await failureOf(work(id)), ProcessRefused);
  for (const { invoice } of failed)
    sinon.assert.calledWithExactly(processes.start, invoicePayment, { invoiceId: invoice.id });
  await work(id, 5);
  assert.equal(await came(id), Array(3).fill(['refused', 'gone']));
});

batches('asks each process for a letter, and not again where it was asked since the set was sent', async () => {
  const id = await aBatch('ask_card');
  const [first, second] = failed.map(({ invoice }) => invoice.id);
  const asked = (invoiceId: string | undefined, at: string) =>
    CollectionPlan.query().insert({ invoiceId, cardAskedAt: new Date(at) });
  await asked(first, '2026-11-25T12:00:01Z');
  await asked(second, '2026-11-25T11:59:59Z');
  processes.update.onCall(0).rejects(new ProcessRefused('no', { refusal: AskedLately }));
  assert.equal(await work(id), { left: 0 });
  assert.equal(await came(id), [
    ['done', null],
    ['refused', 'askedLately'],
    ['done', null],
  ]);
  const by = { staffId: staff.id, address: '192.0.2.7' };
  assert.equal(
    processes.update.args.map(([, { invoiceId }, message, wish]) => [invoiceId, message, wish]),
    failed.slice(1).map(({ invoice }) => [invoice.id, askForCard, { by }]),
  );
});

batches('grants days from where each invoice stood as the set was sent', async () => {
  const id = await aBatch('grant');
  processes.update.onCall(0).rejects(new ProcessRefused('no', { refusal: NextTryMoved }));
  assert.equal(await work(id), { left: 0 });
  assert.equal((await came(id))[0], ['refused', 'moved']);
  const [, , message, { change }] = processes.update.args[1] ?? [];
  assert.is(message, changeSchedule);
  assert.equal(change, { kind: 'grant', days: 7, from: '2026-11-26T10:00:00.000Z', reason: 'the company is gone' });
});

batches.run();
