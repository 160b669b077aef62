import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { answerThreeDSecure, CardEntryRefused, enterCard, type TypedCard } from '../../dev/payments/client.js';
import { type Charge, PaymentsRefused, PaymentsUnavailable } from '../../gateways/payments/payments.js';
import { failureOf } from '../support/failure.js';
import { type RunningSimulator, startPaymentSimulator } from '../support/payment-simulator.js';

const CREATE = 'POST /v1/payment_intents';
const CONFIRM = 'POST /v1/payment_intents/:id/confirm';
const offSession = { onSession: false };
const faulty = suite('[BIL-04] [BIL-05] payments when the provider fails (here alone: it fails at will)');
const folder = mkdtempSync(join(tmpdir(), 'payments-'));
let simulator: RunningSimulator;
let account: string;
let attempts = 0;

faulty.before(async () => {
  simulator = await startPaymentSimulator({ dataDir: folder });
  ({ account } = await simulator.payments.createAccount({ id: 'c-1', name: 'Olha', email: 'olha@example.org' }));
});
faulty.before.each(() => simulator.control.calm());
faulty.after(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true });
});

function wanted(card = 'pm_card_visa', onSession = false) {
  attempts += 1;
  const amount = { amountMinor: 3000, currency: 'EUR' };
  return { account, card, amount, onSession, attemptId: `attempt-${attempts}`, invoiceNumber: 'NQ-2026-000123' };
}

async function begun(card?: string, onSession?: boolean) {
  const asked = wanted(card, onSession);
  const { intentId } = await simulator.payments.createCharge(asked, `create:${asked.attemptId}`);
  return { intentId, key: `confirm:${asked.attemptId}` };
}

function chargesOf(intentId: string) {
  return simulator.control.account.charges.newestFirst().filter((charge) => charge.payment_intent === intentId);
}

for (const kind of ['drop_answer', '500_after', 'timeout'] as const) {
  faulty(
    `[BIL-05] ${kind}: the bank was charged, the answer is unknown, a look-up tells, and it stays one charge`,
    async () => {
      const { payments, control } = simulator;
      const { intentId, key } = await begun();
      control.fault({ match: CONFIRM, kind });
      assert.instance(await failureOf(payments.confirmCharge(intentId, offSession, key)), PaymentsUnavailable);
      assert.is((await payments.lookUpCharge(intentId)).state, 'succeeded');
      await payments.confirmCharge(intentId, offSession, key).catch(() => {});
      assert.is((await payments.confirmCharge(intentId, offSession, `${key}:other`)).state, 'succeeded');
      assert.is(chargesOf(intentId).length, 1);
    },
  );
}

faulty(
  '[BIL-04] a failure that is kept for the account of a new customer keeps nobody from adding a card',
  async () => {
    const { payments, control } = simulator;
    const customer = { id: 'c-2', name: 'Ivo', email: 'ivo@example.org' };
    control.fault({ match: 'POST /v1/customers', kind: '500_after' });
    assert.instance(await failureOf(payments.createAccount(customer)), PaymentsUnavailable);
    const { account } = await payments.createAccount(customer);
    assert.equal(await payments.createAccount(customer), { account }, 'and from then on it is this one');
    assert.match((await payments.startCardSetup(account)).setupId, /^seti_/);
  },
);

for (const kind of ['drop_before', '500_before', '429'] as const) {
  faulty(`[BIL-05] ${kind}: nothing happened, and the same key does it later`, async () => {
    const { payments, control } = simulator;
    const { intentId, key } = await begun();
    control.fault({ match: CONFIRM, kind });
    assert.instance(await failureOf(payments.confirmCharge(intentId, offSession, key)), PaymentsUnavailable);
    assert.is((await payments.lookUpCharge(intentId)).state, 'unconfirmed');
    assert.is((await payments.confirmCharge(intentId, offSession, key)).state, 'succeeded');
    assert.is(chargesOf(intentId).length, 1);
  });
}

faulty(
  '[BIL-05] a failure is kept under its key: the same one comes again, until a look-up or another key',
  async () => {
    const { payments, control } = simulator;
    const { intentId, key } = await begun();
    control.fault({ match: CONFIRM, kind: '500_after' });
    for (const _ of [1, 2]) {
      assert.instance(await failureOf(payments.confirmCharge(intentId, offSession, key)), PaymentsUnavailable);
    }
    assert.is((await payments.lookUpCharge(intentId)).state, 'succeeded');
  },
);

faulty('[BIL-05] an answer lost before its id was kept is found by the papers', async () => {
  const { payments, control } = simulator;
  const asked = wanted();
  control.fault({ match: CREATE, kind: 'drop_answer' });
  assert.instance(await failureOf(payments.createCharge(asked, asked.attemptId)), PaymentsUnavailable);
  const found = await payments.chargeOfAttempt(account, asked.attemptId);
  assert.is(found?.state, 'unconfirmed');
  assert.is((await payments.createCharge(asked, asked.attemptId)).intentId, found?.intentId);
});

faulty('[BIL-05] while one call with a key is under way, another is told to come later', async () => {
  const { payments, control } = simulator;
  const { intentId, key } = await begun();
  control.fault({ match: CONFIRM, kind: 'slow', ms: 300 });
  const slow = payments.confirmCharge(intentId, offSession, key);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.instance(await failureOf(payments.confirmCharge(intentId, offSession, key)), PaymentsUnavailable);
  assert.is((await slow).state, 'succeeded');
  assert.is(chargesOf(intentId).length, 1);
});

faulty('[BIL-05] a decline is replayed under its key, and planned declines end', async () => {
  const { payments, control } = simulator;
  control.decline('do_not_honor');
  const { intentId, key } = await begun();
  const declined = await payments.confirmCharge(intentId, offSession, key);
  assert.equal(declined.state === 'declined' && [declined.kind, declined.code], ['soft', 'do_not_honor']);
  assert.equal(await payments.confirmCharge(intentId, offSession, key), declined);
  assert.is(chargesOf(intentId).length, 1);
  const next = await begun();
  assert.is((await payments.confirmCharge(next.intentId, offSession, next.key)).state, 'succeeded');
});

faulty('[BIL-05] a provider that is away leaves the outcome unknown', async () => {
  const gone = await startPaymentSimulator();
  await gone.stop();
  assert.instance(await failureOf(gone.payments.lookUpCharge('pi_any')), PaymentsUnavailable);
});

const visa: TypedCard = { number: '4242 4242 4242 4242', expMonth: 12, expYear: 2034, cvc: '123' };

async function saved(number: string): Promise<{ setupId: string; clientSecret: string; status: string }> {
  const { setupId, clientSecret } = await simulator.payments.startCardSetup(account);
  const { status } = await enterCard({ ...page(), clientSecret, card: { ...visa, number } });
  return { setupId, clientSecret, status };
}

function page() {
  return { origin: simulator.origin, publishableKey: simulator.payments.cardPage.publishableKey };
}

faulty('[BIL-04] a card entered as the page enters it is saved, charged, removed, and then refused', async () => {
  const { payments } = simulator;
  const card = await payments.cardOfSetup((await saved(visa.number)).setupId);
  assert.equal(card, { id: card?.id, account, brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034 });
  const { intentId, key } = await begun(card?.id);
  assert.is((await payments.confirmCharge(intentId, offSession, key)).state, 'succeeded');
  const waiting = await begun(card?.id);
  const remove = () => payments.removeCard(card?.id ?? '');
  await Promise.all([remove(), remove()]);
  await remove();
  assert.instance(await failureOf(begun(card?.id)), PaymentsRefused);
  assert.instance(await failureOf(payments.confirmCharge(waiting.intentId, offSession, waiting.key)), PaymentsRefused);
  assert.is(chargesOf(waiting.intentId).length, 0);
});

faulty('[BIL-04] wrong digits, a past month, a short code, a real card and another secret are refused', async () => {
  const { clientSecret } = await simulator.payments.startCardSetup(account);
  const codeOf = async (card: Partial<TypedCard>, secret = clientSecret) => {
    const error = await failureOf(enterCard({ ...page(), clientSecret: secret, card: { ...visa, ...card } }));
    return error instanceof CardEntryRefused && error.code;
  };
  assert.is(await codeOf({ number: '4242424242424241' }), 'incorrect_number');
  assert.is(await codeOf({ expYear: 2020 }), 'invalid_expiry_year');
  assert.is(await codeOf({ expMonth: 13 }), 'invalid_expiry_month');
  assert.is(await codeOf({ cvc: '12' }), 'invalid_cvc');
  assert.is(await codeOf({ number: '4539578763621486' }), 'card_declined');
  assert.is(await codeOf({}, `${clientSecret}x`), 'setup_intent_invalid_parameter');
  assert.not.match(JSON.stringify(simulator.control.account.vault.newestFirst()), '4539578763621486');
});

faulty(
  '[BIL-04] a card confirmed with its bank at saving is charged off session; one that always asks is not',
  async () => {
    const charged = async (number: string): Promise<Charge> => {
      const { setupId, clientSecret, status } = await saved(number);
      assert.is(status, 'requires_action');
      await answerThreeDSecure({ ...page(), clientSecret, answer: 'confirm' });
      const { intentId, key } = await begun((await simulator.payments.cardOfSetup(setupId))?.id);
      return simulator.payments.confirmCharge(intentId, offSession, key);
    };
    assert.is((await charged('4000002500003155')).state, 'succeeded');
    const asks = await charged('4000002760003184');
    assert.equal(asks.state === 'declined' && asks.kind, 'authentication_required');
  },
);

for (const answer of ['confirm', 'refuse'] as const) {
  faulty(`[BIL-05] 3-D Secure on session: “${answer}” decides the charge`, async () => {
    const { payments } = simulator;
    const { intentId, key } = await begun('pm_card_authenticationRequired', true);
    assert.is((await payments.confirmCharge(intentId, { onSession: true }, key)).state, 'requires_action');
    assert.is(chargesOf(intentId).length, 0);
    await answerThreeDSecure({ ...page(), clientSecret: await payments.clientSecretOf(intentId), answer });
    const after = await payments.lookUpCharge(intentId);
    assert.is(after.state, answer === 'confirm' ? 'succeeded' : 'declined');
    if (after.state === 'declined') assert.is(after.kind, 'authentication_required');
    assert.is(chargesOf(intentId).length, answer === 'confirm' ? 1 : 0);
  });
}

faulty('[BIL-05] after a restart everything stands as it was, keys included', async () => {
  const { intentId, key } = await begun();
  const paid = await simulator.payments.confirmCharge(intentId, offSession, key);
  await simulator.stop();
  simulator = await startPaymentSimulator({ dataDir: folder });
  assert.equal(await simulator.payments.lookUpCharge(intentId), paid);
  assert.equal(await simulator.payments.confirmCharge(intentId, offSession, key), paid);
  assert.is(chargesOf(intentId).length, 1);
});

faulty.run();
