import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aFailedPayment, anOpenAttempt } from '../../tests/support/failed-payments.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import { Customer } from '../accounts/customer.js';
import type { StaffAct } from '../accounts/staff-act.js';
import { findBreaches } from '../durable/invariants/all.js';
import { AccountCredit } from './account-credit.js';
import { Invoice } from './invoice.js';
import { Payment } from './payment.js';
import { PaymentAttempt } from './payment-attempt.js';
import type { PaymentMethod } from './payment-method.js';
import { receiveTransfer } from './transfer.js';

const transfers = suite('[BIL-06] money by bank transfer');
let database: { close: () => Promise<void> };
let invoice: Invoice;
let card: PaymentMethod;
let act: StaffAct;

transfers.before.each(async () => {
  database = await openDatabase();
  ({ invoice, card } = await aFailedPayment(await aCustomer({ timeZone: 'Europe/Paris' })));
  act = { staff: await aStaffMember(), address: '192.0.2.7', at: new Date('2026-11-25T12:00:00Z') };
});
transfers.after.each(async () => {
  assert.equal(await findBreaches(Invoice.knex()), []);
  await database.close();
});

function receive(amountMinor: number, reference = 'RF18 5390', asCredit = false) {
  const amount = { amountMinor, currency: 'EUR' };
  return receiveTransfer(invoice.id, { reference, receivedOn: '2026-11-24', amount, asCredit }, act);
}

async function takeBack(): Promise<void> {
  await Invoice.transaction(async (trx) => {
    const locked = await Invoice.query(trx).findById(invoice.id).forUpdate().throwIfNotFound();
    assert.ok(await locked.voidIfOpen(act.at, trx));
  });
}

async function standing() {
  const { status } = await invoice.$query();
  const [payments, credits] = await Promise.all([
    Payment.query().where({ invoiceId: invoice.id }).orderBy('amountMinor'),
    AccountCredit.query().where({ customerId: invoice.customerId }),
  ]);
  const minor = (rows: readonly { amountMinor: number }[]) => rows.map(({ amountMinor }) => amountMinor);
  return { status, payments: minor(payments), credits: minor(credits) };
}

transfers('came in no later than it is booked, also for a customer whose day has not begun', async () => {
  await Customer.query().findById(invoice.customerId).patch({ timeZone: 'America/New_York' });
  const inKyiv = { ...act, at: new Date('2026-11-24T22:30:00Z') }; // half past midnight there
  const amount = { amountMinor: 260_40, currency: 'EUR' };
  await receiveTransfer(invoice.id, { reference: 'RF18', receivedOn: '2026-11-25', amount }, inKyiv);
  const payment = await Payment.query().findOne({ invoiceId: invoice.id });
  assert.equal(payment?.receivedAt, inKyiv.at);
});

const cases = [
  ['a part', [100_00], { status: 'open', payments: [100_00], credits: [] }],
  ['the whole', [260_40], { status: 'paid', payments: [260_40], credits: [] }],
  ['two parts', [100_00, 160_40], { status: 'paid', payments: [100_00, 160_40], credits: [] }],
  ['more than is owed', [300_00], { status: 'paid', payments: [300_00], credits: [39_60] }],
  [
    'a part, and more than the rest',
    [100_00, 200_00],
    { status: 'paid', payments: [100_00, 200_00], credits: [39_60] },
  ],
] as const;
for (const [what, amounts, wanted] of cases) {
  transfers(`in ${what} is booked as that`, async () => {
    for (const [position, amount] of amounts.entries()) assert.is(await receive(amount, `RF${position}`), undefined);
    assert.equal(await standing(), wanted);
  });
}

transfers('counts once however often it is sent, and says who booked it and when it came', async () => {
  const sent = await Promise.all([receive(260_40), receive(260_40), receive(260_40)]);
  assert.equal(sent, [undefined, undefined, undefined]);
  assert.equal((await standing()).payments, [260_40]);
  const [payment] = await Payment.query().where({ invoiceId: invoice.id });
  assert.is(payment?.receivedAt.toISOString(), '2026-11-23T23:00:00.000Z');
  const entries = await AuditEntry.query().where({ action: 'invoice.transfer_booked' });
  const after = { reference: 'RF18 5390', receivedOn: '2026-11-24', amount: { amountMinor: 260_40, currency: 'EUR' } };
  assert.equal(
    entries.map((entry) => [entry.actorId, entry.subjectId, entry.after]),
    [[act.staff.id, invoice.number, after]],
  );
});

transfers('is not taken for another one under the same reference', async () => {
  await receive(100_00);
  assert.is(await receive(50_00), 'otherAmount');
  assert.equal((await standing()).payments, [100_00]);
});

for (const [status, refusal] of [
  ['processing', 'underWay'],
  ['requires_action', 'underWay'],
  ['unknown', 'unknown'],
] as const) {
  transfers(`is refused while a try is ${status}`, async () => {
    await (await anOpenAttempt(invoice, card)).$query().patch({ status });
    assert.is(await receive(260_40), refusal);
    assert.equal((await standing()).payments, []);
  });
}

transfers('is refused for an invoice that is settled, unless it is known that all of it becomes credit', async () => {
  await receive(260_40);
  assert.is(await receive(260_40, 'another'), 'closed');
  assert.is(await receive(260_40, 'another', true), undefined);
  assert.equal(await standing(), { status: 'paid', payments: [260_40, 260_40], credits: [260_40] });
});

transfers('that comes after its invoice was taken back is the customer’s credit, once', async () => {
  await takeBack();
  assert.is(await receive(260_40), 'closed');
  const sent = await Promise.all([receive(260_40, 'late', true), receive(260_40, 'late', true)]);
  assert.equal(sent, [undefined, undefined]);
  assert.equal(await standing(), { status: 'void', payments: [260_40], credits: [260_40] });
});

transfers('and a try of the card never both take the money, whichever comes first', async () => {
  const wanted = { id: randomUUID(), invoiceId: invoice.id, paymentMethodId: card.id, onSession: false };
  for (let round = 0; round < 5; round++) {
    await receive(10_00, `part ${round}`);
    const [refusal, attempt] = await Promise.all([
      receive(20_00, `raced ${round}`),
      PaymentAttempt.open({ ...wanted, id: randomUUID() }, new Date()),
    ]);
    const { amountMinor } = await invoice.due();
    assert.ok(refusal === 'underWay' || attempt === undefined || attempt.amountMinor === amountMinor);
    await attempt?.$query().patch({ status: 'cancelled', settledAt: new Date() });
  }
});

transfers('in part stands to the customer’s credit when the invoice is taken back', async () => {
  await receive(100_00);
  await takeBack();
  assert.equal(await standing(), { status: 'void', payments: [100_00], credits: [100_00] });
});

transfers.run();
