import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCancellation, aCustomer, aService, theBrand } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aCard } from '../../tests/support/failed-payments.js';
import type { Customer } from '../accounts/customer.js';
import { findBreaches } from '../durable/invariants/all.js';
import type { Service } from '../services/service.js';
import { AccountCredit } from './account-credit.js';
import { settleAttempt } from './attempt-settlement.js';
import { creditOf, creditTold } from './credit-balance.js';
import { Dispute } from './dispute.js';
import { Invoice } from './invoice.js';
import { issueInvoice } from './invoice-issue.js';
import { PaymentAttempt } from './payment-attempt.js';

const holding = suite('[BIL-05] [BIL-09] credit that a disputed charge had paid for');
const at = new Date('2027-03-11T10:00Z');
const EUR = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
let database: { close: () => Promise<void> };

holding.before(async () => {
  database = await openDatabase();
});
holding.after(async () => {
  assert.equal(await findBreaches(Invoice.knex()), []);
  await database.close();
});

/** A service of 36.00 whose invoice a card paid, and what its bank says of that charge. */
async function paidService(customer: Customer) {
  const { legalEntity: seller } = await theBrand();
  const service = await aService(customer);
  const what = { kind: 'recurring', orderLineId: null, serviceId: service.id, description: 'x', detail: null } as const;
  const lines = [{ ...what, net: EUR(30_00) }];
  const bill = { customer, seller, orderId: null, lines, dueOn: '2027-03-11', at };
  const invoice = await Invoice.transaction((trx) => issueInvoice(bill, trx));
  const [id, intentId] = [randomUUID(), `pi_${randomUUID()}`];
  const { id: paymentMethodId } = await aCard(customer);
  await PaymentAttempt.open({ id, invoiceId: invoice.id, paymentMethodId, onSession: true }, at);
  await PaymentAttempt.query().findById(id).patch({ intentId });
  await settleAttempt(id, { state: 'succeeded', chargeId: `ch_${id}` }, at);
  const standsAs = async (state: 'inquiry' | 'open' | 'won' | 'lost', amountMinor = 36_00) => {
    const { id: known = '' } = (await Dispute.report({ providerId: `dp_${id}`, intentId }, at)) ?? {};
    const seen = { state, reason: 'fraudulent', amount: EUR(amountMinor), fee: EUR(0), answerBy: null };
    await (await Dispute.query().findById(known).throwIfNotFound()).stands({ ...seen, taken: state !== 'inquiry' }, at);
  };
  return { service, invoice, standsAs };
}

async function endedEarly(service: Service): Promise<void> {
  const cancellation = Object.assign(await aCancellation(service), { service });
  await AccountCredit.giveFor(cancellation, EUR(20_00), at);
}

const left = async (customer: Customer) => (await creditOf(customer.id, 'EUR')).amountMinor;

for (const order of ['before', 'after'] as const) {
  holding(`is not spent while the bank has that money, credited ${order} it was disputed`, async () => {
    const customer = await aCustomer();
    const { service, invoice, standsAs } = await paidService(customer);
    if (order === 'after') await standsAs('open');
    await endedEarly(service);
    if (order === 'before') await standsAs('open');
    assert.is(await left(customer), 0);
    const { moves } = await creditTold(customer.id, 20);
    const held = moves.find(({ kind }) => kind === 'held_back');
    assert.equal([held?.amountMinor, held?.invoice, held?.service], [-24_00, invoice.number, service.name]);
    await standsAs('won');
    assert.is(await left(customer), 24_00);
  });
}

holding('is gone with a dispute that is lost, and no more of it than was disputed', async () => {
  const customer = await aCustomer();
  const { service, standsAs } = await paidService(customer);
  await endedEarly(service);
  await standsAs('inquiry', 10_00);
  assert.is(await left(customer), 24_00);
  await standsAs('lost', 10_00);
  assert.is(await left(customer), 14_00);
});

holding('says nothing of what other charges had paid for', async () => {
  const customer = await aCustomer();
  const [disputed, other] = [await paidService(customer), await paidService(customer)];
  await endedEarly(other.service);
  await disputed.standsAs('open');
  assert.is(await left(customer), 24_00);
});

holding.run();
