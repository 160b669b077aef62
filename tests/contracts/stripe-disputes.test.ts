import type Stripe from 'stripe';
import * as assert from 'uvu/assert';
import { eventually, type Provider, refusal, stripeContract } from '../support/stripe-contract.js';

const { everywhere, hereAlone, run } = stripeContract('[BIL-05] disputes at the card provider');

async function disputed({ stripe, pay }: Provider, card = 'pm_card_createDispute'): Promise<Stripe.Dispute> {
  const { id: charge } = await pay(card);
  const { data } = await eventually(
    () => stripe.disputes.list({ charge }),
    (list) => list.data.length > 0,
  );
  return data[0] as Stripe.Dispute;
}

everywhere('[BIL-05] card 0259: the holder disputes it, and the money and a fee leave at once', async (provider) => {
  const { stripe } = provider;
  const dispute = await disputed(provider);
  assert.equal([dispute.status, dispute.reason, dispute.amount], ['needs_response', 'fraudulent', 3000]);
  const [withdrawn] = dispute.balance_transactions;
  assert.equal([withdrawn?.type, withdrawn?.amount], ['adjustment', -3000]);
  assert.ok(Number(withdrawn?.fee) > 0);
  assert.is(withdrawn?.net, -3000 - Number(withdrawn?.fee));
  assert.is((await stripe.charges.retrieve(String(dispute.charge))).disputed, true);
  assert.is(await refusal(stripe.refunds.create({ charge: String(dispute.charge) })), 'charge_disputed');
});

everywhere('[BIL-05] with winning evidence the money comes back', async (provider) => {
  const { stripe } = provider;
  const { id } = await disputed(provider);
  await stripe.disputes.update(id, { evidence: { uncategorized_text: 'winning_evidence' }, submit: true });
  const won = await eventually(
    () => stripe.disputes.retrieve(id),
    ({ status }) => status === 'won',
  );
  const amounts = won.balance_transactions.map(({ amount }) => amount);
  assert.equal(amounts.sort(), [-3000, 3000]);
});

everywhere('[BIL-05] with losing evidence it does not', async (provider) => {
  const { stripe } = provider;
  const { id } = await disputed(provider, 'pm_card_createDisputeProductNotReceived');
  await stripe.disputes.update(id, { evidence: { uncategorized_text: 'losing_evidence' }, submit: true });
  const lost = await eventually(
    () => stripe.disputes.retrieve(id),
    ({ status }) => status === 'lost',
  );
  assert.is(lost.balance_transactions.length, 1);
});

everywhere('[BIL-05] evidence can be gathered first; a dispute can be given up', async (provider) => {
  const { stripe } = provider;
  const { id } = await disputed(provider);
  const gathered = await stripe.disputes.update(id, { evidence: { customer_name: 'Olha' }, submit: false });
  assert.equal([gathered.status, gathered.evidence.customer_name], ['needs_response', 'Olha']);
  assert.equal([gathered.evidence_details.has_evidence, gathered.evidence_details.submission_count], [true, 0]);
  assert.is((await stripe.disputes.close(id)).status, 'lost');
  assert.is(await refusal(stripe.disputes.close(id)), 'StripeInvalidRequestError');
});

everywhere('[BIL-05] card 1976: a bank that only asks takes nothing', async (provider) => {
  const inquiry = await disputed(provider, 'pm_card_createDisputeInquiry');
  assert.equal([inquiry.status, inquiry.balance_transactions], ['warning_needs_response', []]);
  assert.is(inquiry.is_charge_refundable, true);
});

const WITHDRAWN = ['charge.dispute.created', 'charge.dispute.funds_withdrawn'];
const ends: readonly (readonly [outcome: 'won' | 'lost', told: readonly string[]])[] = [
  ['won', [...WITHDRAWN, 'charge.dispute.closed', 'charge.dispute.funds_reinstated']],
  ['lost', [...WITHDRAWN, 'charge.dispute.closed']],
];
for (const [outcome, events] of ends) {
  hereAlone(`[BIL-05] a dispute that is ${outcome} is told at each turn`, 'it decides for the bank', async (sim) => {
    const { stripe, pay, control, told } = sim;
    const { id: charge } = await pay('pm_card_visa');
    const { id } = control.dispute(charge, { reason: 'duplicate', amount: 1000 });
    control.decideDispute(id, outcome);
    assert.equal(told(id), events);
    const { amount, status, reason } = await stripe.disputes.retrieve(id);
    assert.equal([amount, status, reason], [1000, outcome, 'duplicate']);
    assert.throws(() => control.decideDispute(id, 'won'), /already closed/);
  });
}

hereAlone('[BIL-05] an inquiry that escalates takes the money then', 'it decides for the bank', async (sim) => {
  const { stripe, pay, control, told } = sim;
  const { id } = control.dispute((await pay('pm_card_visa')).id, { inquiry: true });
  assert.equal(told(id), ['charge.dispute.created']);
  control.decideDispute(id, 'escalated');
  const escalated = await stripe.disputes.retrieve(id);
  assert.equal([escalated.status, escalated.balance_transactions[0]?.amount], ['needs_response', -3000]);
  assert.equal(told(id).slice(1), ['charge.dispute.updated', 'charge.dispute.funds_withdrawn']);
});

hereAlone('[BIL-05] nobody answered in time: lost', 'it lets time pass', async ({ stripe, pay, control }) => {
  const { id } = control.dispute((await pay('pm_card_visa')).id);
  control.elapse(8 * 24);
  assert.is((await stripe.disputes.retrieve(id)).status, 'needs_response');
  control.elapse(10 * 24);
  const { status, evidence_details } = await stripe.disputes.retrieve(id);
  assert.equal([status, evidence_details.past_due], ['lost', true]);
});

hereAlone('[BIL-05] what was refunded cannot be disputed, the rest can', 'it disputes at will', async (sim) => {
  const { stripe, pay, control } = sim;
  const { id: charge } = await pay('pm_card_visa');
  await stripe.refunds.create({ charge, amount: 2000 });
  assert.is(control.dispute(charge).amount, 1000);
  assert.throws(() => control.dispute(charge), /cannot be disputed/);
});

run();
