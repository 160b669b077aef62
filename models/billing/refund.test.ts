import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer, aUser } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { anInvoice } from '../../tests/support/invoices.js';
import type { Customer } from '../accounts/customer.js';
import { findBreaches } from '../durable/invariants/all.js';
import { creditOf, creditTold } from './credit-balance.js';
import { CreditNote } from './credit-note.js';
import { payWithCredit } from './credit-payment.js';
import { Invoice } from './invoice.js';
import { LedgerTransaction } from './ledger-transaction.js';
import { Payment } from './payment.js';
import { Refund } from './refund.js';

const refunds = suite('[BIL-09] refunds of credit notes');
const at = new Date('2026-11-25T12:00:00Z');
const later = new Date('2026-11-26T12:00:00Z');
let database: { close: () => Promise<void> };
let customer: Customer;

refunds.before.each(async () => {
  database = await openDatabase();
  customer = await aCustomer();
});
refunds.after.each(async () => {
  assert.equal(await findBreaches(Invoice.knex()), []);
  await database.close();
});

async function pay({ id: invoiceId }: Invoice, amountMinor: number, when = at): Promise<void> {
  const receipt = { invoiceId, method: 'transfer', amount: { amountMinor, currency: 'EUR' }, at: when } as const;
  await Payment.transaction((trx) => Payment.receive({ ...receipt, reference: `r ${amountMinor}` }, trx));
}

/** A part of an invoice, credited; the reasons there are say the whole, so the row is written here. */
async function credited(invoice: Invoice, totalMinor: number, reason: string): Promise<Refund[]> {
  return Invoice.transaction(async (trx) => {
    await Invoice.query(trx).findById(invoice.id).forUpdate();
    const { id: invoiceId, customerId, currency } = invoice;
    const amounts = { netMinor: totalMinor, vatMinor: 0, totalMinor, currency };
    const named = {
      number: `part of ${reason}`,
      reason: reason as CreditNote['reason'],
      issuedOn: '2026-11-26' as const,
    };
    const note = await CreditNote.query(trx).insertAndFetch({
      invoiceId,
      customerId,
      ...named,
      ...amounts,
      issuedAt: later,
    });
    const booking = { revenue: totalMinor, receivables: -totalMinor };
    await LedgerTransaction.book(
      { kind: 'credit_note', sourceId: note.id, customerId, currency, at: later },
      booking,
      trx,
    );
    return Refund.requestFor(note, later, trx);
  });
}

const amounts = (rows: readonly Refund[]) => rows.map(({ amountMinor }) => amountMinor);

/** Numbers of notes have no gap, which notes of this test have: their finding is not this test's. */
async function forgetNotes(): Promise<void> {
  await Invoice.knex().raw(`UPDATE credit_notes SET number = 'NQC-2026-' || lpad((SELECT count(*) FROM credit_notes c
    WHERE c.reason <= credit_notes.reason)::text, 6, '0')`);
  await Invoice.knex().raw(`INSERT INTO document_series (legal_entity_id, kind, year, last_number)
    SELECT legal_entity_id, 'credit_note', 2026, (SELECT count(*) FROM credit_notes) FROM invoices LIMIT 1`);
}

refunds('in part over one payment are each their own, and together never above it', async () => {
  const invoice = await anInvoice(customer);
  await pay(invoice, 260_40);
  const first = await credited(invoice, 100_00, 'a');
  const second = await credited(invoice, 100_00, 'b');
  const third = await credited(invoice, 100_00, 'c');
  assert.equal([amounts(first), amounts(second), amounts(third)], [[100_00], [100_00], [60_40]]);
  const all = await Refund.query().modify('of', invoice.id);
  assert.is(new Set(all.map(({ key }) => key)).size, 3);
  await forgetNotes();
});

refunds('asked for again by the same credit note are the same', async () => {
  const invoice = await anInvoice(customer);
  await pay(invoice, 260_40);
  const refundsOf = () =>
    Invoice.transaction(async (trx) =>
      Refund.requestFor(await CreditNote.issueFor(invoice, 'order_cancelled', at, trx), at, trx),
    );
  const [first, again] = [await refundsOf(), await refundsOf()];
  assert.equal(amounts(first), [260_40]);
  assert.equal(
    again.map(({ id }) => id),
    first.map(({ id }) => id),
  );
});

refunds('raced by partial credit notes stay within the payment', async () => {
  const invoice = await anInvoice(customer);
  await pay(invoice, 260_40);
  const asked = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((reason) => credited(invoice, 100_00, reason)));
  assert.equal(
    asked.flatMap(amounts).sort((a, b) => b - a),
    [100_00, 100_00, 60_40],
  );
  await forgetNotes();
});

refunds('give the credit part back as credit, and the rest the way it came', async () => {
  const other = await anInvoice(customer, { netMinor: 100 });
  await pay(other, 101_20);
  const invoice = await anInvoice(customer);
  await payWithCredit(invoice.id, (await aUser(customer)).id, at);
  await pay(invoice, 160_40, later);
  assert.is((await creditOf(customer.id, 'EUR')).amountMinor, 0);

  const asked = await Invoice.transaction(async (trx) =>
    Refund.requestFor(await CreditNote.issueFor(invoice, 'order_cancelled', later, trx), later, trx),
  );
  assert.equal(asked.map(({ amountMinor, status, payment }) => [payment.method, amountMinor, status]).sort(), [
    ['credit', 100_00, 'succeeded'],
    ['transfer', 160_40, 'requested'],
  ]);
  assert.is((await creditOf(customer.id, 'EUR')).amountMinor, 100_00);
  const [newest] = (await creditTold(customer.id, 20)).moves;
  assert.equal([newest?.kind, newest?.amountMinor, newest?.invoice], ['returned', 100_00, invoice.number]);
});

refunds.run();
