import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type RunningSimulator, startPaymentSimulator } from '../../../tests/support/payment-simulator.js';
import type { PaymentMethod } from '../state/objects.js';
import { type DeclinePattern, patternDecline } from './decline-patterns.js';

const patterns = suite('[BIL-05] patterns of declines');
let simulator: RunningSimulator;

patterns.before(async () => {
  simulator = await startPaymentSimulator();
});
patterns.before.each(() => simulator.control.calm());
patterns.after(() => simulator.stop());

const usual = {
  seed: 'a',
  by: 'customer',
  chance: 0.3,
  shortest: 1,
  longest: 3,
  codes: ['insufficient_funds'],
} as const;

function put(pattern: Partial<DeclinePattern> = {}): void {
  simulator.control.declinePattern({ ...usual, ...pattern });
}

/** What a customer’s next charge is refused with, or a dash. */
function charge(customer: string, card = `pm_${customer}`): string {
  const { account } = simulator.control;
  const method = { id: card, customer } as PaymentMethod;
  return account.commit({ requestId: null, key: null }, () => patternDecline(account, method)) ?? '-';
}

function many(customer: string, count = 40): string[] {
  return Array.from({ length: count }, () => charge(customer));
}

patterns('[BIL-05] the same seed gives the same story, another seed another', () => {
  put({ id: 'same' } as Partial<DeclinePattern>);
  const first = many('cus_1');
  simulator.control.calm();
  put();
  assert.equal(many('cus_1'), first);
  simulator.control.calm();
  put({ seed: 'b' });
  assert.not.equal(many('cus_1'), first);
});

patterns('[BIL-05] one customer’s story does not depend on the others', () => {
  put();
  const alone = many('cus_1');
  simulator.control.calm();
  put();
  const inCompany = Array.from({ length: 40 }, () => ['cus_2', 'cus_3', 'cus_1'].map((one) => charge(one))[2]);
  assert.equal(inCompany, alone);
});

patterns('[BIL-05] runs are as long as asked, and after each a charge goes through', () => {
  put({ chance: 1, shortest: 2, longest: 2, codes: ['do_not_honor'] });
  assert.equal(many('cus_1', 6), ['do_not_honor', 'do_not_honor', '-', 'do_not_honor', 'do_not_honor', '-']);
  simulator.control.calm();
  put({ chance: 0.5, shortest: 1, longest: 4 });
  const runs = many('cus_1', 400).join('').split('-').filter(Boolean);
  const lengths = runs.map((run) => run.length / 'insufficient_funds'.length);
  assert.equal([Math.min(...lengths), Math.max(...lengths)], [1, 4]);
});

patterns('[BIL-05] a chance of nothing declines nothing; one named card or customer is met alone', () => {
  put({ chance: 0 });
  assert.equal(new Set(many('cus_1')), new Set(['-']));
  put({ chance: 1, by: 'card', subject: 'pm_bad' });
  assert.equal([charge('cus_1'), charge('cus_1', 'pm_bad')], ['-', 'insufficient_funds']);
});

patterns('[BIL-05] over HTTP: a customer’s charges are declined as the pattern says', async () => {
  const { payments, origin } = simulator;
  const { account } = await payments.createAccount({ id: 'c-1', name: 'Olha', email: 'olha@example.org' });
  const setup = await payments.startCardSetup(account);
  const answer = await fetch(`${origin}/v1/setup_intents/${setup.setupId}/confirm`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_1' },
    body: new URLSearchParams({ payment_method: 'pm_card_visa' }),
  });
  const { payment_method: card } = (await answer.json()) as { payment_method: string };
  const order = { seed: 'x', chance: 1, shortest: 2, longest: 2, codes: ['insufficient_funds'] };
  const headers = { 'content-type': 'application/json' };
  await fetch(`${origin}/_sim/decline-patterns`, { method: 'POST', headers, body: JSON.stringify(order) });
  const states: string[] = [];
  for (const attemptId of ['1', '2', '3', '4']) {
    const amount = { amountMinor: 3000, currency: 'EUR' };
    const wanted = { account, card, amount, onSession: false, attemptId, invoiceNumber: 'NQ-1' };
    const { intentId } = await payments.createCharge(wanted, `create:${attemptId}`);
    states.push((await payments.confirmCharge(intentId, { onSession: false }, `confirm:${attemptId}`)).state);
  }
  assert.equal(states, ['declined', 'declined', 'succeeded', 'declined']);
});

patterns.run();
