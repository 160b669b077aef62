import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import {
  type Charge,
  type DeclineKind,
  type Movement,
  type Payments,
  PaymentsRefused,
} from '../../gateways/payments/payments.js';
import { createStripePayments } from '../../gateways/payments/stripe.js';
import { failureOf } from '../support/failure.js';
import { type RunningSimulator, startPaymentSimulator } from '../support/payment-simulator.js';
import { suiteUnless } from '../support/skipping.js';

const { STRIPE_SECRET_KEY: secretKey = '' } = process.env;
const thirtyEuros = { amountMinor: 3000, currency: 'EUR' };

/** What holds for every card provider; none of it needs faults, webhooks or the inside of a page. */
function contract(name: string, open: () => Promise<Payments>, close: () => Promise<void>, missing?: string): void {
  const paying = suiteUnless(missing, `[BIL-04] [BIL-05] payments by ${name}`);
  let payments: Payments;
  let account: string;

  paying.before(async () => {
    payments = await open();
    ({ account } = await payments.createAccount({
      id: randomUUID(),
      name: 'Olha Петренко',
      email: 'olha@example.org',
    }));
  });
  paying.after(close);

  async function charge(card: string, { onSession = false, amount = thirtyEuros } = {}): Promise<Charge> {
    const attemptId = randomUUID();
    const wanted = { account, card, amount, onSession, attemptId, invoiceNumber: 'NQ-2026-000123' };
    const { intentId } = await payments.createCharge(wanted, `create:${attemptId}`);
    const answer = await payments.confirmCharge(intentId, { onSession }, `confirm:${attemptId}`);
    assert.is(answer.attemptId, attemptId);
    assert.is(answer.intentId, intentId);
    assert.equal(await payments.lookUpCharge(intentId), answer);
    return answer;
  }

  for (const onSession of [true, false]) {
    paying(`[BIL-05] a good card pays ${onSession ? 'on' : 'off'} session`, async () => {
      const answer = await charge('pm_card_visa', { onSession });
      assert.is(answer.state, 'succeeded');
      if (answer.state !== 'succeeded') return;
      assert.equal(answer.amount, thirtyEuros);
      assert.match(answer.chargeId, /^(ch|py)_/);
    });
  }

  paying('[BIL-01] what moved stands in the provider’s list, with our papers', async () => {
    const paid = await charge('pm_card_visa');
    const declined = await charge('pm_card_visa_chargeDeclined');
    const refundId = randomUUID();
    const { id } = await payments.refundCharge({ intentId: paid.intentId, amount: thirtyEuros, refundId }, refundId);
    assert.is((await payments.refundOfCharge(paid.intentId, refundId))?.id, id);
    assert.is(await payments.refundOfCharge(paid.intentId, randomUUID()), undefined);
    const found = new Map<string, Movement>();
    for await (const movement of payments.movements()) found.set(movement.id, movement);
    const { chargeId = '' } = paid.state === 'succeeded' ? paid : {};
    const ours = { amount: thirtyEuros, intentId: paid.intentId };
    assert.equal(found.get(chargeId), { kind: 'charge', id: chargeId, ...ours, paper: paid.attemptId });
    assert.equal(found.get(id), { kind: 'refund', id, ...ours, paper: refundId });
    assert.not.ok([...found.values()].some(({ intentId }) => intentId === declined.intentId));
  });

  paying('[BIL-05] yen have no minor unit and are charged whole', async () => {
    const answer = await charge('pm_card_visa', { amount: { amountMinor: 4500, currency: 'JPY' } });
    assert.equal(answer.state === 'succeeded' && answer.amount, { amountMinor: 4500, currency: 'JPY' });
  });

  const declines: readonly (readonly [card: string, kind: DeclineKind, code: string])[] = [
    ['pm_card_visa_chargeDeclined', 'soft', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'soft', 'insufficient_funds'],
    ['pm_card_chargeDeclinedProcessingError', 'soft', 'processing_error'],
    ['pm_card_visa_chargeDeclinedLostCard', 'hard', 'lost_card'],
    ['pm_card_visa_chargeDeclinedStolenCard', 'hard', 'stolen_card'],
    ['pm_card_chargeDeclinedExpiredCard', 'hard', 'expired_card'],
    ['pm_card_chargeDeclinedIncorrectCvc', 'hard', 'incorrect_cvc'],
    ['pm_card_authenticationRequired', 'authentication_required', 'authentication_required'],
  ];
  for (const [card, kind, code] of declines) {
    paying(`[BIL-05] ${code} is an answer, and ${kind}`, async () => {
      const answer = await charge(card);
      assert.is(answer.state, 'declined');
      assert.equal(answer.state === 'declined' && [answer.kind, answer.code], [kind, code]);
    });
  }

  paying('[BIL-05] a bank that wants to see its customer asks on session, and the charge waits', async () => {
    const answer = await charge('pm_card_authenticationRequired', { onSession: true });
    assert.is(answer.state, 'requires_action');
    assert.match(await payments.clientSecretOf(answer.intentId), new RegExp(`^${answer.intentId}_secret_`));
    assert.is((await payments.cancelCharge(answer.intentId)).state, 'cancelled');
  });

  paying('[BIL-05] one key makes one charge and gives one answer', async () => {
    const attemptId = randomUUID();
    const wanted = {
      account,
      card: 'pm_card_visa',
      amount: thirtyEuros,
      onSession: false,
      attemptId,
      invoiceNumber: 'NQ-1',
    };
    const [first, again] = [
      await payments.createCharge(wanted, attemptId),
      await payments.createCharge(wanted, attemptId),
    ];
    assert.equal(again, first);
    const key = `confirm:${attemptId}`;
    const paid = await payments.confirmCharge(first.intentId, { onSession: false }, key);
    assert.equal(await payments.confirmCharge(first.intentId, { onSession: false }, key), paid);
    assert.equal(await payments.chargeOfAttempt(account, attemptId), paid);
  });

  paying('[BIL-05] a key that was used for something else is refused', async () => {
    const attemptId = randomUUID();
    const wanted = {
      account,
      card: 'pm_card_visa',
      amount: thirtyEuros,
      onSession: false,
      attemptId,
      invoiceNumber: 'NQ-1',
    };
    await payments.createCharge(wanted, attemptId);
    const other = payments.createCharge({ ...wanted, amount: { amountMinor: 1, currency: 'EUR' } }, attemptId);
    assert.instance(await failureOf(other), PaymentsRefused);
  });

  paying('[BIL-05] an attempt nobody heard of has no charge', async () => {
    assert.is(await payments.chargeOfAttempt(account, randomUUID()), undefined);
  });

  paying('[BIL-05] a charge that is decided stays so, whoever confirms or cancels it again', async () => {
    const paid = await charge('pm_card_visa');
    assert.equal(await payments.confirmCharge(paid.intentId, { onSession: false }, randomUUID()), paid);
    assert.equal(await payments.cancelCharge(paid.intentId), paid);
  });

  paying('[BIL-05] a charge can be given up before it was confirmed, and not confirmed after', async () => {
    const attemptId = randomUUID();
    const wanted = {
      account,
      card: 'pm_card_visa',
      amount: thirtyEuros,
      onSession: false,
      attemptId,
      invoiceNumber: 'NQ-1',
    };
    const { intentId } = await payments.createCharge(wanted, attemptId);
    assert.is((await payments.lookUpCharge(intentId)).state, 'unconfirmed');
    assert.is((await payments.cancelCharge(intentId)).state, 'cancelled');
    assert.is((await payments.confirmCharge(intentId, { onSession: false }, randomUUID())).state, 'cancelled');
  });

  paying('[BIL-05] refunds end where the money ends, and one key refunds once', async () => {
    const { intentId } = await charge('pm_card_visa');
    const part = (amountMinor: number, key: string) =>
      payments.refundCharge(
        { intentId, amount: { amountMinor, currency: 'EUR' }, refundId: key },
        `${intentId}:${key}`,
      );
    const first = await part(2000, 'first');
    assert.equal(await part(2000, 'first'), first);
    assert.equal(await payments.lookUpRefund(first.id), first);
    assert.instance(await failureOf(part(1001, 'too much')), PaymentsRefused);
    await part(1000, 'the rest');
    assert.instance(await failureOf(part(1, 'beyond')), PaymentsRefused);
  });

  paying('[BIL-05] what was never paid cannot be refunded', async () => {
    const { intentId } = await charge('pm_card_visa_chargeDeclined');
    const refund = payments.refundCharge({ intentId, amount: thirtyEuros, refundId: randomUUID() }, randomUUID());
    assert.instance(await failureOf(refund), PaymentsRefused);
  });

  paying('[BIL-04] an unfinished setup has no card', async () => {
    const { setupId, clientSecret } = await payments.startCardSetup(account);
    assert.match(clientSecret, new RegExp(`^${setupId}_secret_`));
    assert.is(await payments.cardOfSetup(setupId), undefined);
  });

  paying('[BIL-04] what does not exist is refused', async () => {
    assert.instance(await failureOf(payments.startCardSetup('cus_nobody')), PaymentsRefused);
    assert.instance(await failureOf(payments.lookUpCharge('pi_nothing')), PaymentsRefused);
    assert.instance(await failureOf(payments.removeCard('pm_nothing')), PaymentsRefused);
  });

  paying.run();
}

let simulator: RunningSimulator;
contract(
  'the simulator',
  async () => {
    simulator = await startPaymentSimulator();
    return simulator.payments;
  },
  () => simulator.stop(),
);

const needed = secretKey.startsWith('sk_test_') ? undefined : 'STRIPE_SECRET_KEY is not a key of a test account';
const page = {
  publishableKey: 'pk_test_unused',
  webhookSecret: 'whsec_unused',
  scriptUrl: 'https://js.stripe.com/v3/',
};
contract(
  'Stripe itself',
  async () => createStripePayments({ secretKey, ...page }),
  async () => {},
  needed,
);
