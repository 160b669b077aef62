import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { anInvoice } from '../../tests/support/invoices.js';
import { anOwedRefund } from '../../tests/support/refunds.js';
import { aTask } from '../../tests/support/staff-tasks.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import type { StaffAct } from '../accounts/staff-act.js';
import { findBreaches } from '../durable/invariants/all.js';
import { StaffTask } from '../durable/staff-task.js';
import { TimelineEntry } from '../timeline-entry.js';
import { recordHandRefund, refundsStanding } from './hand-refund.js';
import { Invoice } from './invoice.js';
import { compareMovements } from './provider-movements.js';
import { Refund } from './refund.js';
import { RefundReturn } from './refund-return.js';

const hands = suite('[BIL-09] refunds that staff send by hand');
const at = new Date('2026-11-25T12:00:00Z');
let database: { close: () => Promise<void> };
let invoice: Invoice;
let act: StaffAct;

hands.before.each(async () => {
  database = await openDatabase();
  invoice = await anInvoice(await aCustomer({ timeZone: 'Europe/Paris' }));
  act = { staff: await aStaffMember(), address: '192.0.2.7', at };
});
hands.after.each(async () => {
  assert.equal(await findBreaches(Invoice.knex()), []);
  await database.close();
});

/** The refund of an invoice that was paid so, and credited. */
async function owed(method: 'card' | 'transfer', status: Refund['status'] = 'requested'): Promise<Refund> {
  const refund = await anOwedRefund(invoice, at, method);
  if (status === 'returned') {
    await refund.settle(`re_${refund.id}`, 'succeeded', at);
    await RefundReturn.book(await refund.$query(), at);
  } else if (status !== 'requested') await refund.settle('re_1', status, at);
  return refund.$query();
}

const send = (refund: Refund, reference = 'SEPA 77') =>
  recordHandRefund(invoice.id, refund.id, { reference, sentOn: '2026-11-24' }, act);

const barredOf = async () => (await refundsStanding(invoice)).map(({ barred }) => barred);

const ledger = async () => {
  const sums = await Invoice.knex()('ledger_entries').sum('amount_minor as sum').groupBy('account').select('account');
  return Object.fromEntries(sums.map(({ account, sum }) => [account, Number(sum)]));
};

for (const [method, status] of [
  ['transfer', 'requested'],
  ['card', 'failed'],
  ['card', 'returned'],
] as const) {
  hands(`are booked once, told and audited: paid by ${method}, ${status}`, async () => {
    const refund = await owed(method, status);
    assert.equal(await Promise.all([send(refund), send(refund), send(refund)]), [undefined, undefined, undefined]);
    assert.is(await send(refund, 'another'), 'closed');
    const [{ refund: sent } = { refund }, ...others] = await refundsStanding(invoice);
    assert.is(others.length, 0);
    const wanted = ['succeeded', 'SEPA 77', null, '2026-11-23T23:00:00.000Z'];
    assert.equal([sent.status, sent.transferReference, sent.providerId, sent.settledAt?.toISOString()], wanted);
    const { cash, receivables } = await ledger();
    assert.equal([cash, receivables], [0, 0]);
    const told = await TimelineEntry.query().where({ event: 'invoice.refund_sent' });
    assert.equal(
      told.map(({ actorId, values }) => [actorId, values.reference]),
      [[act.staff.id, 'SEPA 77']],
    );
    const audited = await AuditEntry.query().where({ action: 'invoice.refund_sent' });
    assert.equal(
      audited.map(({ subjectId, actorId }) => [subjectId, actorId]),
      [[invoice.number, act.staff.id]],
    );
  });
}

hands('are none of the card provider’s movements', async () => {
  await send(await owed('transfer'));
  assert.equal(await compareMovements(Invoice.knex(), (async function* () {})()), []);
});

hands('are refused while the provider may have it, and taken once its process gave it up', async () => {
  const refund = await owed('card');
  assert.is(await send(refund), 'underWay');
  const about = { subjectType: 'invoice', subject: invoice.number, step: 'refundPayments' } as const;
  const { id } = await aTask({ ...about, workflowId: `refund-return:${refund.id}` });
  await StaffTask.close(id, { answer: 'cancel', answeredBy: act.staff.id, answeredAt: at });
  assert.equal(await barredOf(), [undefined]);
  await refund.settle('re_1', 'pending', at);
  assert.equal(await barredOf(), ['underWay']);
  await refund.settle('re_1', 'failed', at);
  assert.is(await send(refund), undefined);
});

hands('and one that its process asks for anew at the same moment do not both go', async () => {
  for (let round = 1; round <= 3; round++) {
    invoice = await anInvoice(await aCustomer());
    const refund = await owed('card', 'returned');
    const [refusal] = await Promise.all([send(refund), RefundReturn.replace(refund.id, at)]);
    const rounds = await Refund.query().modify('of', invoice.id).modify('standing');
    assert.is(rounds.length, 1);
    assert.is(rounds[0]?.status, refusal ? 'requested' : 'succeeded');
  }
});

hands('belong to the invoice that is named', async () => {
  const refund = await owed('transfer');
  const other = await anInvoice(await aCustomer());
  assert.is(await recordHandRefund(other.id, refund.id, { reference: 'x', sentOn: '2026-11-24' }, act), 'closed');
  assert.equal(await barredOf(), [undefined]);
});

hands.run();
