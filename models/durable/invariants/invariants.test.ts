import { randomUUID } from 'node:crypto';
import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createPostgresMetrics } from '../../../gateways/metrics/postgres.js';
import { hasPhrase } from '../../../locales/phrases.js';
import { languages } from '../../../rules/accounts/languages.js';
import { aCustomer, aService, aStaffMember, aUser, theBrand } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aProduct, aServer } from '../../../tests/support/inventory.js';
import { aPlacement } from '../../../tests/support/orders.js';
import type { Customer } from '../../accounts/customer.js';
import type { Invoice } from '../../billing/invoice.js';
import { issueInvoice } from '../../billing/invoice-issue.js';
import { Payment } from '../../billing/payment.js';
import { receiveTransfer } from '../../billing/transfer.js';
import { placeOrder } from '../../orders/order-placement.js';
import { findBreaches, invariants } from './all.js';

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

async function aTransferAtTheDesk(): Promise<void> {
  const act = { staff: await aStaffMember(), address: '192.0.2.1', at };
  const amount = { amountMinor: 100, currency: 'EUR' };
  const transfer = { reference: 'desk', receivedOn: '2027-03-11', amount } as const;
  assert.is(await receiveTransfer((await anInvoice()).id, transfer, act), undefined);
}

/** Two hours of a port, of which one ends a day. */
async function traffic(): Promise<void> {
  const store = createPostgresMetrics({ knex: Model.knex(), now: () => at, rawMonths: 13 });
  const counted = { portId: randomUUID(), inOctets: 1_000, outOctets: 10, seconds: 300 };
  const starts = ['2027-03-10T23:50Z', '2027-03-10T23:55Z', '2027-03-11T00:00Z'];
  await store.write(starts.map((start) => ({ ...counted, startsAt: new Date(start) })));
}

/** Breaks something behind the product's back, sees it found, and takes it back. */
async function breaking(...statements: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const undone = new Error('undone');
  await Model.knex()
    .transaction(async (trx) => {
      await trx.raw(`SET LOCAL session_replication_role = replica`);
      for (const statement of statements) await trx.raw(statement);
      found.push(...(await findBreaches(trx)).map(({ invariant }) => invariant.name));
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
  await aTransferAtTheDesk();
  await traffic();
  const product = await aProduct();
  await aServer({ productId: product.id });
  await placeOrder(await aPlacement({ customer, user: await aUser(customer), product }));
  assert.equal(await findBreaches(Model.knex()), []);
});

const anAttempt = (status: string, settled: string, key: string) => `
  INSERT INTO payment_attempts (invoice_id, payment_method_id, amount_minor, currency, on_session, status, create_key,
    confirm_key, started_at, settled_at)
  SELECT id, gen_random_uuid(), total_minor, currency, true, '${status}', '${key}', '${key}+', now(), ${settled}
  FROM invoices WHERE status = 'open' ORDER BY number LIMIT 1`;

const lineOn = (starts: string, ends: string) => `
  INSERT INTO invoice_lines (invoice_id, position, kind, service_id, description, period_starts_on, period_ends_on, net_minor,
    vat_rate_bp, vat_minor)
  SELECT (SELECT id FROM invoices WHERE status = 'paid' LIMIT 1), (SELECT max(position) + 1 FROM invoice_lines), 'recurring', id, 'x',
    '${starts}', '${ends}', 0, 0, 0 FROM services WHERE status = 'active' LIMIT 1`;

const copyOf = (table: string, columns: string) =>
  `INSERT INTO ${table} (service_id, during, ${columns}) SELECT gen_random_uuid(), during, ${columns} FROM ${table} LIMIT 1`;

const breaks: readonly (readonly [string, ...string[]])[] = [
  [
    'transactionsBalance',
    `UPDATE ledger_entries SET amount_minor = amount_minor + 1 WHERE id = (SELECT min(id) FROM ledger_entries)`,
  ],
  ['ledgerBalances', `DELETE FROM ledger_entries WHERE id = (SELECT min(id) FROM ledger_entries)`],
  ['ledgerRefusesChanges', `ALTER TABLE payments DISABLE TRIGGER payments_append_only`],
  ['ledgerRefusesChanges', `DROP TRIGGER ledger_seals_append_only ON ledger_seals`],
  [
    'movesAreBookedOnce',
    `DELETE FROM ledger_transactions WHERE kind = 'payment'`,
    `DELETE FROM ledger_entries WHERE account = 'cash'`,
  ],
  ['sealsStandAsSeen', `INSERT INTO book_checks (asked_at, seal_block, seal_hash) VALUES (now(), 1, repeat('a', 64))`],
  ['bookingsHaveACause', `UPDATE ledger_transactions SET source_id = gen_random_uuid() WHERE kind = 'payment'`],
  ['invoicesAreTheirLines', `UPDATE invoice_lines SET net_minor = net_minor - 1`],
  ['invoicesAreTheirLines', `DELETE FROM invoice_lines`],
  ['invoicesArePaidWhenNothingIsOwed', `UPDATE invoices SET status = 'paid' WHERE status = 'open'`],
  [
    'ledgerTellsWhatIsOwed',
    `UPDATE ledger_entries SET account = 'revenue' WHERE account = 'receivables' AND amount_minor < 0`,
  ],
  [
    'periodsAreInvoicedOnce',
    `DROP INDEX invoice_lines_period`,
    lineOn('2027-01-01', '2027-02-01'),
    lineOn('2027-01-01', '2027-02-01'),
  ],
  ['periodsJoin', lineOn('2027-01-01', '2027-02-01'), lineOn('2027-02-02', '2027-03-01')],
  ['periodsJoin', lineOn('2027-01-01', '2027-02-01'), lineOn('2027-01-31', '2027-03-01')],
  [
    'paidPeriodsCount',
    lineOn('2040-01-01', '2040-02-01'),
    `UPDATE invoices SET paid_at = '2020-01-01' WHERE status = 'paid'`,
  ],
  ['numbersHaveNoGap', `UPDATE document_series SET last_number = last_number + 1`],
  ['numbersHaveNoGap', `UPDATE invoices SET number = regexp_replace(number, '1$', '9') WHERE number LIKE '%000001'`],
  ['paidLinesAreFulfilledOnce', `DELETE FROM services`, `UPDATE invoices SET status = 'paid'`],
  ['attemptsBringTheirPayment', anAttempt('succeeded', 'now()', 'a')],
  [
    'oneAttemptIsOpen',
    `DROP INDEX payment_attempts_one_open`,
    anAttempt('created', 'NULL', 'a'),
    anAttempt('unknown', 'NULL', 'b'),
  ],
  [
    'idsAndKeysAreUsedOnce',
    anAttempt('declined', 'now()', 'a'),
    `UPDATE payment_attempts SET confirm_key = create_key`,
  ],
  ['excessIsCredit', `DELETE FROM account_credits`],
  [
    'refundsStayWithinPayments',
    `INSERT INTO refunds (payment_id, credit_note_id, amount_minor, currency, status, key, requested_at)
     SELECT id, gen_random_uuid(), amount_minor + 1, currency, 'requested', 'r', now() FROM payments LIMIT 1`,
  ],
  ['creditIsNotNegative', `UPDATE payments SET method = 'credit'`],
  ['ledgerTellsCredit', `UPDATE account_credits SET amount_minor = amount_minor + 1`],
  [
    'nothingIsHeldTwice',
    `ALTER TABLE server_leases DROP CONSTRAINT server_leases_held_once`,
    copyOf('server_leases', 'server_id'),
  ],
  [
    'nothingIsHeldTwice',
    `ALTER TABLE address_assignments DROP CONSTRAINT address_assignments_held_once`,
    copyOf('address_assignments', 'prefix_id, block, role'),
  ],
  ['nothingIsHeldForNothing', `UPDATE services SET status = 'ended' WHERE status = 'active'`],
  ['machinesInServiceHaveAService', `UPDATE servers SET status = 'ready' WHERE status = 'in_service'`],
  ['machinesInServiceHaveAService', `UPDATE servers SET status = 'in_service' WHERE status = 'ready'`],
  ['nothingIsDeliveredUnpaid', `UPDATE orders SET status = 'active'`],
  ['paidIsInHand', `UPDATE orders SET status = 'cancelled'`, `UPDATE invoices SET status = 'paid'`],
  ['paidIsInHand', `UPDATE orders SET placed_at = now() - interval '1 day'`],
  ['nothingPaidIsSuspended', `UPDATE services SET suspended_at = now()`, `UPDATE invoices SET status = 'paid'`],
  ['ordersAgreeWithServices', `UPDATE orders SET status = 'expired'`],
  ['machinesAreBuiltForAService', `UPDATE servers SET status = 'provisioning'`, `DELETE FROM server_leases`],
  [
    'lettersLeaveOnce',
    `ALTER TABLE letters DROP CONSTRAINT letters_pkey`,
    `INSERT INTO letters SELECT 'welcome-1', 'x', true, now() FROM generate_series(1, 2)`,
  ],
  ['hoursAreTheirIntervals', `UPDATE traffic_intervals SET in_octets = in_octets + 1`],
  ['hoursAreTheirIntervals', `DELETE FROM traffic_intervals WHERE starts_at = '2027-03-11T00:00Z'`],
  [
    'daysAreTheirHours',
    `UPDATE traffic_hours SET out_octets = out_octets - 1`,
    `UPDATE traffic_intervals SET out_octets = 0`,
  ],
  ['daysAreTheirHours', `UPDATE traffic_days SET seconds = seconds - 1`],
  ['daysAreTheirHours', `DELETE FROM traffic_days`],
  ['staffDeedsAreAudited', `DELETE FROM audit_entries WHERE action = 'invoice.transfer_booked'`],
];

for (const [name, ...statements] of breaks) {
  books(`${name} is found broken after ${statements.join('; ')}`, async () => {
    const found = await breaking(...statements);
    assert.ok(found.includes(name), `found instead: ${found}`);
  });
}

books('can each be broken', () => {
  const untried = invariants.filter(({ name }) => !breaks.some(([broken]) => broken === name));
  assert.equal(
    untried.map(({ name }) => name),
    [],
  );
});

books('say in every language what holds', () => {
  const silent = languages.flatMap((language) =>
    invariants.filter(({ name }) => !hasPhrase(language, `books:invariants.${name}`)),
  );
  assert.equal(silent, []);
});

books.run();
