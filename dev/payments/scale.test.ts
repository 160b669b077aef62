import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stripeClient } from '../../gateways/payments/stripe-client.js';
import { type RunningSimulator, startPaymentSimulator } from '../../tests/support/payment-simulator.js';
import { bookFull } from './crowd.js';

const crowded = suite('[BIL-05] the card simulator among a hundred thousand customers');
const CUSTOMERS = 100_000;
/** A page of a hundred, what stands beside it, and the row that says that there is more. */
const MOST_LOOKS = 250;
let simulator: RunningSimulator;
let stripe: ReturnType<typeof stripeClient>;

crowded.before(async () => {
  simulator = await startPaymentSimulator();
  bookFull(simulator.control.account, CUSTOMERS);
  stripe = stripeClient({ secretKey: 'sk_test_1', apiUrl: simulator.origin });
});
crowded.after(() => simulator.stop());

async function looksOf(call: () => Promise<unknown>): Promise<number> {
  const before = simulator.control.looks();
  await call();
  return simulator.control.looks() - before;
}

crowded('[BIL-05] no call reads more rows than it answers with, however many there are', async () => {
  const { account } = simulator.control;
  assert.ok(account.customers.size >= CUSTOMERS && account.charges.size >= CUSTOMERS);
  const customer = 'cus_50000';
  const [refund, old] = ['re_nothing', { created: { gte: account.now() + 1 } }];
  const calls: Record<string, () => Promise<unknown>> = {
    'a new customer': () => stripe.customers.create({ name: 'Olha' }),
    'a customer by e-mail': () => stripe.customers.list({ email: 'c70000@example.org' }),
    'a customer’s charges': () => stripe.charges.list({ customer, limit: 100 }),
    'a customer’s intents': () => stripe.paymentIntents.list({ customer, limit: 100 }),
    'a customer’s cards': () => stripe.customers.listPaymentMethods(customer),
    'the newest charges': () => stripe.charges.list({ limit: 100 }),
    'charges far down': () => stripe.charges.list({ limit: 100, starting_after: 'ch_20000' }),
    'charges before one': () => stripe.charges.list({ limit: 100, ending_before: 'ch_20000' }),
    'movements of one charge': () => stripe.balanceTransactions.list({ source: 'ch_30000' }),
    'movements since': () => stripe.balanceTransactions.list(old),
    'events of a kind': () => stripe.events.list({ type: 'customer.created', limit: 10 }),
    'a refund of a charge': () => stripe.refunds.create({ charge: 'ch_40000', amount: 100 }),
    'a refund that is none': () => stripe.refunds.retrieve(refund).catch(() => {}),
    'a payment': () =>
      stripe.paymentIntents.create({
        amount: 500,
        currency: 'eur',
        customer,
        payment_method: 'pm_card_visa',
        confirm: true,
        off_session: true,
      }),
  };
  for (const [name, call] of Object.entries(calls)) {
    const looks = await looksOf(call);
    assert.ok(looks <= MOST_LOOKS, `${name}: ${looks} rows read`);
  }
});

crowded('[BIL-05] a delivery is found among all that wait without going through them', async () => {
  const { account } = simulator.control;
  const dueAt = account.today().getTime() + 3_600_000;
  account.commit({ requestId: null, key: null }, () => {
    for (let count = 0; count < 20_000; count += 1) {
      account.deliveries.put({ id: `del_${count}`, event: 'evt_none', endpoint: 'we_none', attempts: 3, dueAt });
    }
  });
  const looks = await looksOf(() => stripe.customers.create({ name: 'Petro' }));
  assert.ok(looks <= MOST_LOOKS, `${looks} rows read`);
});

crowded.run();
