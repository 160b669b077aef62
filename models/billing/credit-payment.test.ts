import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer, aStaffMember, aUser } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aCard, anOpenAttempt } from '../../tests/support/failed-payments.js';
import { anInvoice } from '../../tests/support/invoices.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import type { Customer } from '../accounts/customer.js';
import { findBreaches } from '../durable/invariants/all.js';
import { TimelineEntry } from '../timeline-entry.js';
import { settleAttempt } from './attempt-settlement.js';
import { creditOf, creditTold } from './credit-balance.js';
import { payWithCredit, useCreditForCustomer } from './credit-payment.js';
import { Invoice } from './invoice.js';
import { settlementOf } from './invoice-story.js';
import { Payment } from './payment.js';
import { AmountChangedSince, PaymentAttempt } from './payment-attempt.js';

const credits = suite('[BIL-05] [BIL-09] account credit');
const at = new Date('2026-11-25T12:00:00Z');
const EUR = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
let database: { close: () => Promise<void> };
let customer: Customer;
let userId: string;

credits.before.each(async () => {
  database = await openDatabase();
  customer = await aCustomer();
  userId = (await aUser(customer)).id;
});
credits.after.each(async () => {
  assert.equal(await findBreaches(Invoice.knex()), []);
  await database.close();
});

/** As it comes about most: by a transfer beyond what was owed. */
async function given(creditMinor: number): Promise<void> {
  const { id: invoiceId } = await anInvoice(customer, { netMinor: 100 });
  const receipt = {
    invoiceId,
    method: 'transfer',
    amount: EUR(120 + creditMinor),
    reference: randomUUID(),
    at,
  } as const;
  await Payment.transaction((trx) => Payment.receive(receipt, trx));
}

async function spent(): Promise<number> {
  const payments = await Payment.query().where({ customerId: customer.id, method: 'credit' });
  return payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

const left = async () => (await creditOf(customer.id, 'EUR')).amountMinor;
const use = ({ id }: Invoice) => payWithCredit(id, userId, at);

const cases = [
  ['as much as is owed', 300_00, { used: 260_40, left: 39_60, status: 'paid', due: 0 }],
  ['all of it', 260_40, { used: 260_40, left: 0, status: 'paid', due: 0 }],
  ['a part', 100_00, { used: 100_00, left: 0, status: 'open', due: 160_40 }],
] as const;
for (const [what, creditMinor, wanted] of cases) {
  credits(`pays ${what}, and is booked`, async () => {
    await given(creditMinor);
    const invoice = await anInvoice(customer);
    assert.equal(await use(invoice), { used: EUR(wanted.used) });
    const now = await invoice.$query();
    const due = (await now.due()).amountMinor;
    assert.equal({ used: await spent(), left: await left(), status: now.status, due }, wanted);
    const [told] = await TimelineEntry.query().where({ event: 'invoice.credit_used', subjectId: invoice.id });
    assert.equal([told?.actor, told?.actorId, told?.values.amount], ['customer', userId, EUR(wanted.used)]);
  });
}

credits('is spent once, whole and never beyond, when twenty use it for twenty invoices at once', async () => {
  await given(700_00);
  const invoices = await Promise.all(Array.from({ length: 20 }, () => anInvoice(customer)));
  const answers = await Promise.all(invoices.map(use));
  const used = answers.map((answer) => ('used' in answer ? answer.used.amountMinor : 0)).sort((a, b) => b - a);
  assert.equal(used.slice(0, 4), [260_40, 260_40, 179_20, 0]);
  assert.equal([await spent(), await left()], [700_00, 0]);
  assert.is(answers.filter((answer) => 'refusal' in answer && answer.refusal === 'noCredit').length, 17);
});

credits('pays one invoice once when twenty use it there at once', async () => {
  await given(1_000_00);
  const invoice = await anInvoice(customer);
  const answers = await Promise.all(Array.from({ length: 20 }, () => use(invoice)));
  assert.is(answers.filter((answer) => 'used' in answer).length, 1);
  assert.equal([await spent(), await left()], [260_40, 1_000_00 - 260_40]);
});

credits('and the card, clicked together, take what is owed once between them', async () => {
  const card = await aCard(customer);
  for (let round = 0; round < 10; round++) {
    await given(100_00);
    const invoice = await anInvoice(customer);
    const id = randomUUID();
    const wanted = { id, invoiceId: invoice.id, paymentMethodId: card.id, onSession: true };
    const [attempt, answer] = await Promise.all([PaymentAttempt.open(wanted, at), use(invoice)]);
    assert.is(attempt?.amountMinor, 160_40, 'used' in answer ? 'credit first' : 'card first');
    await settleAttempt(id, { state: 'succeeded', chargeId: `ch_${id}` }, at);
    assert.equal([(await invoice.$query()).status, await left()], ['paid', 0]);
  }
});

credits('is not touched while a charge is out, and goes first when the next one begins', async () => {
  const card = await aCard(customer);
  const invoice = await anInvoice(customer);
  const charge = await anOpenAttempt(invoice, card);
  await given(100_00);
  assert.equal(await use(invoice), { refusal: 'underWay' });
  await settleAttempt(charge.id, { state: 'declined', kind: 'soft', code: 'generic_decline' }, at);
  const next = { id: randomUUID(), invoiceId: invoice.id, paymentMethodId: card.id, onSession: false };
  assert.is((await PaymentAttempt.open(next, at))?.amountMinor, 160_40);
  assert.is(await left(), 0);
  const [told] = await TimelineEntry.query().where({ event: 'invoice.credit_used', subjectId: invoice.id });
  assert.is(told?.actor, 'process');
});

credits('that covers all leaves nothing for a card', async () => {
  await given(300_00);
  const [invoice, card] = [await anInvoice(customer), await aCard(customer)];
  const wanted = { id: randomUUID(), invoiceId: invoice.id, paymentMethodId: card.id, onSession: false };
  assert.is(await PaymentAttempt.open(wanted, at), undefined);
  assert.equal([(await invoice.$query()).status, await left()], ['paid', 39_60]);
});

credits('leaves enough for a card to be charged, whoever uses it', async () => {
  await given(260_30);
  const [invoice, card] = [await anInvoice(customer), await aCard(customer)];
  assert.equal((await settlementOf(invoice)).cardPart, EUR(50));
  const wanted = { id: randomUUID(), invoiceId: invoice.id, paymentMethodId: card.id, onSession: true };
  assert.is((await PaymentAttempt.open(wanted, at))?.amountMinor, 50);
  assert.equal([await spent(), await left()], [259_90, 40]);
  await given(259_95);
  assert.equal(await use(await anInvoice(customer)), { used: EUR(259_90) });
});

credits('and card are what the page showed, or nothing is taken of either', async () => {
  await given(100_00);
  const [invoice, card] = [await anInvoice(customer), await aCard(customer)];
  const open = (shown: { cardMinor: number; creditMinor: number }) =>
    PaymentAttempt.open(
      { id: randomUUID(), invoiceId: invoice.id, paymentMethodId: card.id, onSession: true, shown },
      at,
    );
  for (const shown of [
    { cardMinor: 260_40, creditMinor: 0 },
    { cardMinor: 150_00, creditMinor: 110_40 },
    { cardMinor: 160_40, creditMinor: 90_00 },
  ])
    assert.instance(await open(shown).catch((error: unknown) => error), AmountChangedSince);
  assert.equal([await left(), (await invoice.due()).amountMinor], [100_00, 260_40]);
  assert.is((await open({ cardMinor: 160_40, creditMinor: 100_00 }))?.amountMinor, 160_40);
  assert.is(await left(), 0);
});

credits('of another currency or customer is not there', async () => {
  await given(100_00);
  const stranger = await aCustomer();
  const dollars = await aCustomer({ currency: 'USD' });
  for (const other of [stranger, dollars])
    assert.equal(await payWithCredit((await anInvoice(other)).id, userId, at), { refusal: 'noCredit' });
  assert.is(await left(), 100_00);
});

credits('is refused where nothing is owed any more', async () => {
  await given(300_00);
  const invoice = await anInvoice(customer);
  await Invoice.transaction((trx) => invoice.voidIfOpen(at, trx));
  assert.equal(await use(invoice), { refusal: 'closed' });
});

credits('comes back when its invoice is taken back, and is told with every other move', async () => {
  await given(100_00);
  const invoice = await anInvoice(customer);
  await use(invoice);
  await Invoice.transaction((trx) => invoice.voidIfOpen(new Date('2026-11-25T13:00:00Z'), trx));
  assert.is(await left(), 100_00);
  const { moves, balances } = await creditTold(customer.id, 20);
  assert.equal(
    moves.map(({ kind, amountMinor, invoice: number }) => [kind, amountMinor, number === invoice.number]),
    [
      ['taken_back', 100_00, true],
      ['used', -100_00, true],
      ['overpaid', 100_00, false],
    ],
  );
  assert.equal(balances, [{ currency: 'EUR', amountMinor: 100_00 }]);
});

credits('is used by staff under their name', async () => {
  await given(100_00);
  const invoice = await anInvoice(customer);
  const act = { staff: await aStaffMember(), address: '192.0.2.7', at };
  assert.equal(await useCreditForCustomer(invoice.id, act), { used: EUR(100_00) });
  assert.equal(await useCreditForCustomer(invoice.id, act), { refusal: 'noCredit' });
  const entries = await AuditEntry.query().where({ action: 'invoice.credit_used' });
  assert.equal(
    entries.map((entry) => [entry.actorId, entry.subjectId, entry.after]),
    [[act.staff.id, invoice.number, { amount: EUR(100_00) }]],
  );
});

credits.run();
