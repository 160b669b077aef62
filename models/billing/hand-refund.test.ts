import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aCard, anOpenAttempt } from '../../tests/support/failed-payments.js';
import { anInvoice } from '../../tests/support/invoices.js';
import { anOwedRefund } from '../../tests/support/refunds.js';
import { aTask } from '../../tests/support/staff-tasks.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import { Customer } from '../accounts/customer.js';
import type { StaffAct } from '../accounts/staff-act.js';
import { findBreaches } from '../durable/invariants/all.js';
import { StaffTask } from '../durable/staff-task.js';
import { TimelineEntry } from '../timeline-entry.js';
import { settleAttempt } from './attempt-settlement.js';
import { CreditNote } from './credit-note.js';
import { Dispute } from './dispute.js';
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

/** What staff said when they were asked about it. */
async function answered({ id: refundId }: Refund, answer: 'retry' | 'cancel', openedAt = at): Promise<void> {
  const about = { subjectType: 'invoice', subject: invoice.number, step: 'refundPayments' } as const;
  const { id } = await aTask({ ...about, workflowId: `refund-return:${refundId}`, openedAt });
  await StaffTask.close(id, { answer, answeredBy: act.staff.id, answeredAt: openedAt });
}

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
      audited.map(({ subjectId, actorId, before }) => [subjectId, actorId, (before as { status?: string })?.status]),
      [[invoice.number, act.staff.id, status]],
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
  await answered(refund, 'cancel');
  assert.equal(await barredOf(), [undefined]);
  await refund.settle('re_1', 'pending', at);
  assert.equal(await barredOf(), ['underWay']);
  await refund.settle('re_1', 'failed', at);
  assert.is(await send(refund), undefined);
});

hands('are refused while the process was last told to try once more', async () => {
  const refund = await owed('card');
  await answered(refund, 'cancel');
  await answered(refund, 'retry', new Date(at.getTime() + 60_000));
  assert.is(await send(refund), 'underWay');
  assert.equal((await refund.$query()).status, 'requested');
});

hands('are refused where the bank has taken the charge back for the customer', async () => {
  const attempt = await anOpenAttempt(
    invoice,
    await aCard(await Customer.query().findById(invoice.customerId).throwIfNotFound()),
  );
  const intentId = `pi_${attempt.id}`;
  await attempt.$query().patch({ intentId });
  await settleAttempt(attempt.id, { state: 'succeeded', chargeId: 'ch_1' }, at);
  const [refund] = await Invoice.transaction(async (trx) =>
    Refund.requestFor(await CreditNote.issueFor(await invoice.$query(trx), 'order_cancelled', at, trx), at, trx),
  );
  await refund?.settle('re_1', 'failed', at);
  assert.equal(await barredOf(), [undefined]);
  const { id = '' } = (await Dispute.report({ providerId: 'dp_1', intentId }, at)) ?? {};
  const seen = { state: 'lost', reason: 'fraudulent', amount: invoice.total, taken: true, answerBy: null } as const;
  await (await Dispute.query().findById(id).throwIfNotFound()).stands(
    { ...seen, fee: { ...invoice.total, amountMinor: 0 } },
    at,
  );
  assert.equal(await barredOf(), ['disputed']);
});

hands('do not take a transfer by which another customer was paid', async () => {
  await send(await owed('transfer'));
  invoice = await anInvoice(await aCustomer());
  const refund = await owed('transfer');
  assert.is(await send(refund), 'othersReference');
  assert.is(await send(refund, 'SEPA 78'), undefined);
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
