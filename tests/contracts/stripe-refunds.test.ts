import { randomUUID } from 'node:crypto';
import type Stripe from 'stripe';
import * as assert from 'uvu/assert';
import { eventually, refusal, stripeContract } from '../support/stripe-contract.js';

const { everywhere, hereAlone, run } = stripeContract('[BIL-09] refunds at the card provider');

const settled = { status: 'succeeded' };

everywhere('[BIL-09] money goes back in parts, to the charge’s end and no further', async ({ stripe, pay }) => {
  const { id: charge } = await pay('pm_card_visa');
  const first = await stripe.refunds.create({ charge, amount: 1999, metadata: { refund_id: 'r-1' } });
  assert.equal([first.status, first.amount, first.metadata?.refund_id], ['succeeded', 1999, 'r-1']);
  assert.is(await refusal(stripe.refunds.create({ charge, amount: 1002 })), 'StripeInvalidRequestError');
  const rest = await stripe.refunds.create({ charge });
  assert.is(rest.amount, 1001);
  const after = await stripe.charges.retrieve(charge);
  assert.equal([after.amount_refunded, after.refunded], [3000, true]);
  assert.is(await refusal(stripe.refunds.create({ charge, amount: 1 })), 'charge_already_refunded');
  assert.equal(
    (await stripe.refunds.list({ charge })).data.map(({ id }) => id),
    [rest.id, first.id],
  );
});

everywhere('[BIL-09] of refunds that race no more get through than the charge holds', async ({ stripe, pay }) => {
  const { id: charge } = await pay('pm_card_visa');
  const tries = Array.from({ length: 8 }, () =>
    stripe.refunds.create({ charge, amount: 1000 }, { idempotencyKey: randomUUID() }).then(
      () => 'refunded',
      () => 'refused',
    ),
  );
  const outcomes = await Promise.all(tries);
  assert.is(outcomes.filter((outcome) => outcome === 'refunded').length, 3);
  assert.is((await stripe.charges.retrieve(charge)).amount_refunded, 3000);
});

everywhere('[BIL-09] nothing, less than nothing and strangers’ charges are refused', async ({ stripe, pay }) => {
  const { id: charge } = await pay('pm_card_visa');
  for (const amount of [0, -1])
    assert.is(await refusal(stripe.refunds.create({ charge, amount })), 'parameter_invalid_integer');
  assert.is(await refusal(stripe.refunds.create({ charge: 'ch_nothing' })), 'resource_missing');
  assert.is(await refusal(stripe.refunds.retrieve('re_nothing')), 'resource_missing');
});

everywhere('[BIL-09] a refund’s money is on the balance, less no fee', async ({ stripe, pay }) => {
  const { id: charge } = await pay('pm_card_visa');
  const refund = await stripe.refunds.create({ charge, amount: 1200, expand: ['balance_transaction'] });
  const { amount, fee, net, type, source } = refund.balance_transaction as Stripe.BalanceTransaction;
  assert.equal([amount, fee, net, type, source], [-1200, 0, -1200, 'refund', refund.id]);
});

everywhere('[BIL-09] card 7726: a refund is pending, and succeeds later', async ({ stripe, pay }) => {
  const { id: charge } = await pay('pm_card_pendingRefund');
  const refund = await stripe.refunds.create({ charge });
  assert.is(refund.status, 'pending');
  assert.is((await stripe.charges.retrieve(charge)).amount_refunded, 3000);
  await eventually(
    () => stripe.refunds.retrieve(refund.id),
    ({ status }) => status === 'succeeded',
  );
});

everywhere(
  '[BIL-09] card 5126: a refund that succeeded comes back later, and its money with it',
  async ({ stripe, pay }) => {
    const { id: charge } = await pay('pm_card_refundFail');
    const refund = await stripe.refunds.create({ charge, amount: 1000 });
    assert.is(refund.status, 'succeeded');
    const failed = await eventually(
      () => stripe.refunds.retrieve(refund.id, { expand: ['failure_balance_transaction'] }),
      ({ status }) => status === 'failed',
    );
    assert.is(failed.failure_reason, 'expired_or_canceled_card');
    const back = failed.failure_balance_transaction as Stripe.BalanceTransaction;
    assert.equal([back.amount, back.type], [1000, 'refund_failure']);
    const after = await stripe.charges.retrieve(charge);
    assert.equal([after.amount_refunded, after.refunded], [0, false]);
  },
);

hereAlone('[BIL-09] each turn of a refund is told', 'it hears events', async ({ stripe, pay, told, control }) => {
  const { id: charge } = await pay('pm_card_visa');
  const [sure, slow, back] = [
    await stripe.refunds.create({ charge, amount: 100 }),
    await pendingRefund(),
    await stripe.refunds.create({ charge, amount: 100 }),
  ];
  control.decideRefund(slow.id, 'succeeded');
  control.decideRefund(back.id, 'failed', 'lost_or_stolen_card');
  assert.equal(told(sure.id), ['refund.created']);
  assert.equal(told(slow.id), ['refund.created', 'refund.updated', 'charge.refund.updated']);
  assert.equal(told(back.id), ['refund.created', 'refund.failed', 'refund.updated', 'charge.refund.updated']);
  assert.is(told(charge).filter((type) => type === 'charge.refunded').length, 3);
  assert.is((await stripe.refunds.retrieve(back.id)).failure_reason, 'lost_or_stolen_card');

  async function pendingRefund() {
    control.refunds('pending');
    return stripe.refunds.create({ charge, amount: 100 });
  }
});

hereAlone('[BIL-09] a pending refund that fails never left the balance', 'it decides for the bank', async (sim) => {
  const { stripe, pay, control } = sim;
  const { id: charge } = await pay('pm_card_pendingRefund');
  const refund = await stripe.refunds.create({ charge });
  assert.is(refund.balance_transaction, null);
  control.decideRefund(refund.id, 'failed');
  const failed = await stripe.refunds.retrieve(refund.id);
  assert.equal([failed.status, failed.failure_balance_transaction], ['failed', undefined]);
  assert.equal((await stripe.balanceTransactions.list({ source: refund.id })).data, []);
  control.elapse();
  assert.is((await stripe.refunds.retrieve(refund.id)).status, 'failed');
  assert.equal(await stripe.refunds.create({ charge }).then(({ amount }) => amount), 3000);
  assert.throws(() => control.decideRefund(refund.id, 'failed'), /nothing left to decide/);
});

hereAlone('[BIL-09] a lost answer refunds once, under one key', 'it has faults', async ({ stripe, pay, control }) => {
  const { id: charge } = await pay('pm_card_visa');
  control.fault({ match: 'POST /v1/refunds', kind: 'drop_answer' });
  const idempotencyKey = randomUUID();
  await stripe.refunds.create({ charge, amount: 500 }, { idempotencyKey }).catch(() => {});
  const again = await stripe.refunds.create({ charge, amount: 500 }, { idempotencyKey });
  assert.is(again.status, settled.status);
  assert.is((await stripe.charges.retrieve(charge)).amount_refunded, 500);
});

run();
