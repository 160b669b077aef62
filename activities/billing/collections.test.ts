import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Invoice } from '../../models/billing/invoice.js';
import { Payment } from '../../models/billing/payment.js';
import { aCustomer } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aCard } from '../../tests/support/failed-payments.js';
import { anInvoice } from '../../tests/support/invoices.js';
import { asActivity } from '../../tests/support/workshop.js';
import { createCollectionActivities } from './collections.js';

const opening = suite('[BIL-05] [BIL-09] opening an attempt');
const at = new Date('2026-11-25T12:00:00Z');
const { openAttempt } = createCollectionActivities();
let database: { close: () => Promise<void> };

opening.before(async () => {
  database = await openDatabase();
});
opening.after(() => database.close());

/** A customer with that much credit, an open invoice over 260.40, and how its card is asked for. */
async function owing(creditMinor: number) {
  const customer = await aCustomer();
  const { id: invoiceId } = await anInvoice(customer, { netMinor: 100 });
  const amount = { amountMinor: 120 + creditMinor, currency: 'EUR' };
  const receipt = { invoiceId, method: 'transfer', amount, reference: randomUUID(), at } as const;
  await Payment.transaction((trx) => Payment.receive(receipt, trx));
  const [invoice, card] = [await anInvoice(customer), await aCard(customer)];
  const wanted = { attemptId: randomUUID(), invoiceId: invoice.id, paymentMethodId: card.id, onSession: false };
  return { invoice, open: (more = {}) => asActivity(() => openAttempt({ ...wanted, ...more }), at) };
}

opening('says that credit paid all of it, however often it is asked', async () => {
  const { invoice, open } = await owing(300_00);
  assert.equal([await open(), await open()], ['paid_from_credit', 'paid_from_credit']);
  assert.is((await invoice.$query()).status, 'paid');
});

opening('says that nothing is owed where something else paid it', async () => {
  const { invoice, open } = await owing(0);
  await Invoice.query().findById(invoice.id).patch({ status: 'void' });
  assert.is(await open(), 'closed');
});

opening('says that it is no longer what was shown', async () => {
  const { open } = await owing(100_00);
  assert.is(await open({ shown: { cardMinor: 260_40, creditMinor: 0 } }), 'amount_changed');
  assert.is(await open({ shown: { cardMinor: 160_40, creditMinor: 100_00 } }), 'opened');
});

opening.run();
