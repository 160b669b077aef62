import type Stripe from 'stripe';
import * as assert from 'uvu/assert';
import { refusal, stripeContract } from '../support/stripe-contract.js';

const { everywhere, hereAlone, run } = stripeContract('[BIL-05] currencies at the card provider');

const smallest: readonly (readonly [currency: string, amount: number])[] = [
  ['eur', 50],
  ['usd', 50],
  ['gbp', 30],
  ['chf', 50],
  ['pln', 200],
  ['czk', 1500],
  ['huf', 17_500],
  ['jpy', 50],
];
for (const [currency, minimum] of smallest) {
  hereAlone(
    `[BIL-05] no less than ${minimum} ${currency} can be charged`,
    'an account’s own currency decides',
    async (sim) => {
      const { stripe } = sim;
      assert.is((await stripe.paymentIntents.create({ amount: minimum, currency })).amount, minimum);
      const less = stripe.paymentIntents.create({ amount: minimum - 1, currency });
      assert.is(await refusal(less), 'amount_too_small');
    },
  );
}

everywhere('[BIL-05] a cent, nothing and a hundred million are refused', async ({ stripe }) => {
  const code = (amount: number) => refusal(stripe.paymentIntents.create({ amount, currency: 'eur' }));
  assert.equal(
    [await code(1), await code(0), await code(100_000_000)],
    ['amount_too_small', 'parameter_invalid_integer', 'amount_too_large'],
  );
});

everywhere('[BIL-05] a word that is no currency is refused', async ({ stripe }) => {
  const asked = stripe.paymentIntents.create({ amount: 1000, currency: 'zzz' });
  assert.is(await refusal(asked), 'StripeInvalidRequestError');
});

everywhere('[BIL-05] yen have no minor unit', async ({ pay }) => {
  const { amount, currency } = await pay('pm_card_visa', 4500, 'JPY');
  assert.equal([amount, currency], [4500, 'jpy']);
});

everywhere('[BIL-05] dinars have three decimals, the last of them nought', async ({ stripe, pay }) => {
  assert.is((await pay('pm_card_visa', 12_340, 'kwd')).amount, 12_340);
  const asked = stripe.paymentIntents.create({ amount: 12_345, currency: 'kwd' });
  assert.is(await refusal(asked), 'StripeInvalidRequestError');
});

hereAlone('[BIL-05] a balance is kept in each currency', 'its account settles in all of them', async (sim) => {
  const { stripe, pay } = sim;
  const { id: source } = await pay('pm_card_bypassPending', 100_000, 'jpy');
  const { data } = await stripe.balanceTransactions.list({ source });
  const [{ currency, fee, net }] = data as [Stripe.BalanceTransaction];
  assert.equal([currency, fee, net], ['jpy', 1540, 98_460]);
  const { available } = await stripe.balance.retrieve();
  assert.is(available.find((part) => part.currency === 'jpy')?.amount, 98_460);
});

run();
