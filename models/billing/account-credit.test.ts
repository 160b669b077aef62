import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCancellation, aCustomer, aService, theBrand } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { findBreaches } from '../durable/invariants/all.js';
import { AccountCredit } from './account-credit.js';
import { Invoice } from './invoice.js';
import { issueInvoice } from './invoice-issue.js';
import { LedgerEntry } from './ledger-entry.js';
import { Payment } from './payment.js';

const crediting = suite('[CAT-06] crediting unused days');
const at = new Date('2027-03-11T10:00Z');
let database: { close: () => Promise<void> };

crediting.before(async () => {
  database = await openDatabase();
});
crediting.after(async () => {
  await database.close();
});

crediting('gives back the VAT that was paid on them, and books it', async () => {
  const { legalEntity: seller } = await theBrand();
  const customer = await aCustomer();
  const service = await aService(customer);
  const net = { amountMinor: 30_00, currency: customer.currency };
  const line = {
    kind: 'recurring',
    orderLineId: null,
    serviceId: service.id,
    description: 'x',
    detail: null,
    net,
  } as const;
  const invoice = await Invoice.transaction(async (trx) => {
    const issued = await issueInvoice({ customer, seller, orderId: null, lines: [line], dueOn: '2027-03-11', at }, trx);
    await Payment.receive(
      { invoiceId: issued.id, method: 'transfer', amount: issued.total, reference: 'T-1', at },
      trx,
    );
    return issued;
  });
  assert.is(invoice.totalMinor, 36_00);

  const cancellation = Object.assign(await aCancellation(service), { service });
  for (const _try of [1, 2]) await AccountCredit.giveFor(cancellation, { ...net, amountMinor: 12_35 }, at);
  const credit = await AccountCredit.query().findOne({ serviceCancellationId: cancellation.id }).throwIfNotFound();
  assert.is(credit.amountMinor, 14_82);
  const booked = LedgerEntry.query().whereIn(
    'transactionId',
    LedgerEntry.knex().table('ledger_transactions').select('id').where({ source_id: credit.id }),
  );
  assert.equal(
    (await booked.orderBy('id')).map(({ account, amountMinor }) => [account, amountMinor]),
    [
      ['revenue', 12_35],
      ['vat', 2_47],
      ['customer_credit', -14_82],
    ],
  );
  assert.equal(await findBreaches(Invoice.knex()), []);
});

crediting.run();
