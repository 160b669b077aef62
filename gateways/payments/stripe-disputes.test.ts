import type Stripe from 'stripe';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { disputeOf } from './stripe-disputes.js';

const reading = suite('[BIL-05] Stripe’s disputes in our words');
const due = Date.UTC(2027, 0, 10) / 1000;

function dispute(changes: object = {}) {
  const usual = { id: 'du_1', reason: 'fraudulent', amount: 3000, currency: 'eur', balance_transactions: [] };
  return disputeOf({ ...usual, evidence_details: { due_by: due }, ...changes } as unknown as Stripe.Dispute);
}

for (const [status, state] of [
  ['warning_needs_response', 'inquiry'],
  ['warning_under_review', 'under_review'],
  ['warning_closed', 'closed'],
  ['needs_response', 'open'],
  ['under_review', 'under_review'],
  ['won', 'won'],
  ['lost', 'lost'],
  ['prevented', 'closed'],
] as const) {
  reading(`[BIL-05] ${status} is ${state}`, () => assert.is(dispute({ status }).state, state));
}

reading('[BIL-05] what was taken, and the fee in its own currency, stand in the movements', () => {
  const withdrawal = { amount: -3250, fee: 1500, currency: 'usd' };
  const open = dispute({ status: 'needs_response', balance_transactions: [withdrawal] });
  assert.equal(open.fee, { amountMinor: 1500, currency: 'USD' });
  assert.equal([open.taken, open.amount], [true, { amountMinor: 3000, currency: 'EUR' }]);
  assert.equal([dispute().taken, dispute().fee], [false, { amountMinor: 0, currency: 'EUR' }]);
  assert.equal(open.answerBy, new Date('2027-01-10T00:00Z'));
});

reading.run();
