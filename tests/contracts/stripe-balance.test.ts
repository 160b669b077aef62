import type Stripe from 'stripe';
import * as assert from 'uvu/assert';
import { refusal, type Simulated, stripeContract } from '../support/stripe-contract.js';

const { everywhere, hereAlone, run } = stripeContract('[BIL-05] the balance at the card provider');

everywhere('[BIL-05] a charge is on the balance, less its fee', async ({ stripe, pay }) => {
  const { id: source } = await pay('pm_card_visa');
  const { data } = await stripe.balanceTransactions.list({ source });
  const [transaction] = data as [Stripe.BalanceTransaction];
  assert.equal([data.length, transaction.type, transaction.status], [1, 'charge', 'pending']);
  assert.is(transaction.amount - transaction.fee, transaction.net);
  assert.is(
    transaction.fee,
    transaction.fee_details.reduce((sum, { amount }) => sum + amount, 0),
  );
  assert.is((await stripe.balanceTransactions.retrieve(transaction.id)).source, source);
});

everywhere('[BIL-05] card 0077: its money is available at once', async ({ stripe, pay }) => {
  const { id: source } = await pay('pm_card_bypassPending');
  assert.is((await stripe.balanceTransactions.list({ source })).data[0]?.status, 'available');
});

everywhere(
  '[BIL-05] movements are listed newest first, by kind, currency and time, in pages',
  async ({ stripe, pay }) => {
    const before = Math.floor(Date.now() / 1000) - 60;
    const charges = [await pay('pm_card_visa'), await pay('pm_card_mastercard'), await pay('pm_card_visa', 500, 'gbp')];
    await stripe.refunds.create({ charge: String(charges[0]?.id) });
    const listed = await stripe.balanceTransactions.list({ created: { gte: before }, type: 'charge', limit: 2 });
    assert.equal([listed.has_more, listed.data.length], [true, 2]);
    assert.is(listed.data[0]?.source, charges[2]?.id);
    const next = await stripe.balanceTransactions.list({
      created: { gte: before },
      type: 'charge',
      limit: 1,
      starting_after: listed.data[1]?.id,
    });
    assert.is(next.data[0]?.source, charges[0]?.id);
    const back = await stripe.balanceTransactions.list({ type: 'charge', limit: 1, ending_before: next.data[0]?.id });
    assert.is(back.data[0]?.id, listed.data[1]?.id);
    const refunds = await stripe.balanceTransactions.list({ type: 'refund', limit: 1 });
    assert.is(refunds.data[0]?.type, 'refund');
    assert.equal((await stripe.balanceTransactions.list({ created: { lt: 1000 } })).data, []);
  },
);

hereAlone(
  '[BIL-05] each movement has one transaction, and they sum to the balance',
  'its books are its own',
  async (sim) => {
    const { stripe, pay, control } = sim;
    const { id: kept } = await pay('pm_card_visa', 10_000);
    const { id: fought } = await pay('pm_card_visa', 5000);
    control.decideRefund((await stripe.refunds.create({ charge: kept, amount: 100 })).id, 'failed');
    await stripe.refunds.create({ charge: kept, amount: 700 });
    control.decideDispute(control.dispute(fought).id, 'won');
    const sum = await sumOfTransactions(sim, 'eur');
    const { available, pending } = await stripe.balance.retrieve();
    const euros = [...available, ...pending].filter(({ currency }) => currency === 'eur');
    assert.is(
      euros.reduce((total, { amount }) => total + amount, 0),
      sum,
    );
  },
);

hereAlone('[BIL-05] a payout takes along what is available and no more', 'it pays out at will', async (sim) => {
  const { stripe, pay, control } = sim;
  const { id: ready } = await pay('pm_card_bypassPending', 4000, 'chf');
  await pay('pm_card_visa', 9000, 'chf');
  const payout = paidOut(sim, 'chf');
  const taken = await stripe.balanceTransactions.list({ payout: String(payout?.id) });
  const shown = taken.data.map(({ type, source }) => [type, source]);
  assert.equal(shown, [
    ['payout', payout?.id],
    ['charge', ready],
  ]);
  assert.is(
    taken.data.reduce((sum, { net }) => sum + net, 0),
    0,
  );
  assert.equal([payout?.status, payout?.automatic, payout?.amount], ['in_transit', true, 4000 - 85]);
  assert.equal(control.payOut(), []);
});

hereAlone(
  '[BIL-05] a payout is paid, or fails and its money is there again',
  'it decides for the bank',
  async (sim) => {
    const { stripe, pay, control, told } = sim;
    await pay('pm_card_bypassPending', 4000, 'sek');
    const failing = paidOut(sim, 'sek');
    assert.is(await available(sim, 'sek'), 0);
    control.decidePayout(String(failing?.id), 'failed');
    assert.is(await available(sim, 'sek'), 4000 - 85);
    assert.equal(told(String(failing?.id)), ['payout.created', 'payout.failed']);
    const paid = paidOut(sim, 'sek');
    control.decidePayout(String(paid?.id), 'paid');
    assert.equal(told(String(paid?.id)), ['payout.created', 'payout.paid']);
    assert.equal((await stripe.payouts.list({ status: 'failed' })).data[0]?.failure_code, 'account_closed');
    assert.throws(() => control.decidePayout(String(paid?.id), 'failed'), /is paid/);
  },
);

hereAlone('[BIL-05] a payout by hand cannot take what is not there', 'its balance is its own', async (sim) => {
  const { stripe, pay } = sim;
  await pay('pm_card_bypassPending', 4000, 'nok');
  const all = await available(sim, 'nok');
  assert.is(await refusal(stripe.payouts.create({ amount: all + 1, currency: 'nok' })), 'balance_insufficient');
  const payout = await stripe.payouts.create({ amount: all, currency: 'nok' });
  assert.equal([payout.automatic, (await stripe.payouts.retrieve(payout.id)).amount], [false, all]);
  assert.is(await available(sim, 'nok'), 0);
});

function paidOut({ control }: Simulated, currency: string) {
  return control.payOut().find((payout) => payout.currency === currency);
}

async function available({ stripe }: Simulated, currency: string): Promise<number> {
  const { available } = await stripe.balance.retrieve();
  return available.find((part) => part.currency === currency)?.amount ?? 0;
}

async function sumOfTransactions({ stripe }: Simulated, currency: string): Promise<number> {
  let sum = 0;
  for await (const { net } of stripe.balanceTransactions.list({ currency, limit: 100 })) sum += net;
  return sum;
}

run();
