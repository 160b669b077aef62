import { randomUUID } from 'node:crypto';
import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createPostgresMetrics } from '../../gateways/metrics/postgres.js';
import { aCustomer, aService, aUser, theBrand } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aProduct, aServer } from '../../tests/support/inventory.js';
import { aPlacement } from '../../tests/support/orders.js';
import type { Customer } from '../accounts/customer.js';
import type { Invoice } from '../billing/invoice.js';
import { issueInvoice } from '../billing/invoice-issue.js';
import { Payment } from '../billing/payment.js';
import { placeOrder } from '../orders/order-placement.js';
import { findBreaches } from './invariants.js';

const books = suite('[BIL-01] invariants');
const at = new Date('2027-03-11T10:00Z');
let database: { close: () => Promise<void> };
let customer: Customer;

books.before(async () => {
  database = await openDatabase();
  customer = await aCustomer();
});
books.after(async () => {
  await database.close();
});

async function anInvoice(): Promise<Invoice> {
  const { legalEntity: seller } = await theBrand();
  const net = { amountMinor: 217_00, currency: 'EUR' };
  const line = {
    kind: 'recurring',
    orderLineId: null,
    serviceId: null,
    description: 'A server',
    detail: null,
    net,
  } as const;
  const order = { customer, seller, orderId: null, lines: [line], dueOn: '2027-03-18', at };
  return Payment.transaction((trx) => issueInvoice(order, trx));
}

async function pay({ id: invoiceId }: Invoice, amountMinor: number): Promise<void> {
  const receipt = {
    invoiceId,
    method: 'transfer',
    reference: 'r',
    amount: { amountMinor, currency: 'EUR' },
    at,
  } as const;
  await Payment.transaction((trx) => Payment.receive(receipt, trx));
}

/** Two hours of a port, of which one ends a day. */
async function traffic(): Promise<void> {
  const store = createPostgresMetrics({ knex: Model.knex(), now: () => at, rawMonths: 13 });
  const counted = { portId: randomUUID(), inOctets: 1_000, outOctets: 10, seconds: 300 };
  const starts = ['2027-03-10T23:50Z', '2027-03-10T23:55Z', '2027-03-11T00:00Z'];
  await store.write(starts.map((start) => ({ ...counted, startsAt: new Date(start) })));
}

/** Breaks something behind the product's back, sees it found, and takes it back. */
async function breaking(...statements: string[]): Promise<string[]> {
  const found: string[] = [];
  const undone = new Error('undone');
  await Model.knex()
    .transaction(async (trx) => {
      await trx.raw(`SET LOCAL session_replication_role = replica`);
      for (const statement of statements) await trx.raw(statement);
      found.push(...(await findBreaches(trx)).map(({ invariant }) => invariant.id));
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return found;
}

books('hold after an order, invoices, payments in full, in part and beyond what is owed', async () => {
  await aService(customer);
  await anInvoice();
  await pay(await anInvoice(), 260_40);
  await pay(await anInvoice(), 100_00);
  await pay(await anInvoice(), 300_00);
  await traffic();
  const product = await aProduct();
  await aServer({ productId: product.id });
  await placeOrder(await aPlacement({ customer, user: await aUser(customer), product }));
  assert.equal(await findBreaches(Model.knex()), []);
});

const breaks = [
  ['I1', `UPDATE ledger_entries SET amount_minor = amount_minor + 1 WHERE id = (SELECT min(id) FROM ledger_entries)`],
  ['I1', `DELETE FROM ledger_transactions WHERE kind = 'payment'`, `DELETE FROM ledger_entries WHERE account = 'cash'`],
  ['I1', `ALTER TABLE payments DISABLE TRIGGER payments_append_only`],
  ['I2', `UPDATE invoice_lines SET net_minor = net_minor - 1`],
  ['I2', `UPDATE invoices SET status = 'paid' WHERE status = 'open'`],
  [
    'I3',
    `INSERT INTO payment_attempts (invoice_id, payment_method_id, amount_minor, currency, on_session, status, create_key,
       confirm_key, started_at, settled_at)
     SELECT id, gen_random_uuid(), total_minor, currency, true, 'succeeded', 'a', 'b', now(), now() FROM invoices LIMIT 1`,
  ],
  [
    'I3',
    `INSERT INTO refunds (payment_id, credit_note_id, amount_minor, currency, status, key, requested_at)
     SELECT id, gen_random_uuid(), amount_minor + 1, currency, 'requested', 'r', now() FROM payments LIMIT 1`,
  ],
  ['I5', `UPDATE document_series SET last_number = last_number + 1`],
  ['I6', `UPDATE services SET status = 'ended' WHERE status = 'active'`],
  ['I6', `UPDATE servers SET status = 'ready' WHERE status = 'in_service'`],
  ['I7', `UPDATE orders SET status = 'active'`],
  ['I7', `UPDATE orders SET status = 'cancelled'`, `UPDATE invoices SET status = 'paid'`],
  ['I7', `UPDATE orders SET placed_at = now() - interval '1 day'`],
  ['I8', `UPDATE servers SET status = 'provisioning'`, `DELETE FROM server_leases`],
  ['I11', `UPDATE traffic_intervals SET in_octets = in_octets + 1`],
  ['I11', `DELETE FROM traffic_intervals WHERE starts_at = '2027-03-11T00:00Z'`],
  ['I11', `UPDATE traffic_hours SET out_octets = out_octets - 1`, `UPDATE traffic_intervals SET out_octets = 0`],
  ['I11', `UPDATE traffic_days SET seconds = seconds - 1`],
  ['I11', `DELETE FROM traffic_days`],
] as const;

for (const [id, ...statements] of breaks) {
  books(`${id} is found broken after ${statements[0]}`, async () => {
    assert.ok((await breaking(...statements)).includes(id));
  });
}

books.run();
