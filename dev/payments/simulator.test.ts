import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type RunningSimulator, startPaymentSimulator } from '../../tests/support/payment-simulator.js';

const speaking = suite('[BIL-05] the card simulator over HTTP');
let simulator: RunningSimulator;

interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    readonly id: string;
    readonly error: { type: string; code?: string; param?: string; charge?: string };
  } & Record<string, unknown>;
}

speaking.before(async () => {
  simulator = await startPaymentSimulator();
});
speaking.after(() => simulator.stop());

async function ask(path: string, form?: Record<string, string>, headers: Record<string, string> = {}): Promise<Said> {
  const init = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
  const authorization = 'Bearer sk_test_1';
  const response = await fetch(simulator.origin + path, { ...init, headers: { authorization, ...headers } });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Said['body'] };
}

async function refusal(...asked: Parameters<typeof ask>): Promise<unknown[]> {
  const { status, body } = await ask(...asked);
  return [status, body.error.code ?? body.error.type, body.error.param];
}

speaking('[BIL-05] parameters that nobody knows, that miss or are no numbers are refused', async () => {
  const intents = '/v1/payment_intents';
  assert.equal(await refusal(intents, { amount: '1', currency: 'eur', colour: 'red' }), [
    400,
    'parameter_unknown',
    'colour',
  ]);
  assert.equal(await refusal(intents, { currency: 'eur' }), [400, 'parameter_missing', 'amount']);
  assert.equal(await refusal(intents, { amount: '1.5', currency: 'eur' }), [
    400,
    'parameter_invalid_integer',
    'amount',
  ]);
  assert.equal(await refusal(intents, { amount: '-1', currency: 'eur' }), [400, 'parameter_invalid_integer', 'amount']);
  const card = { type: 'card', 'card[number]': '4242424242424242', 'card[colour]': 'red' };
  assert.equal(await refusal('/v1/payment_methods', card), [400, 'parameter_unknown', 'card[colour]']);
  assert.equal(await refusal('/v1/charges?colour=red'), [400, 'parameter_unknown', 'colour']);
  assert.equal(await refusal('/v1/charges?expand[]=colour'), [400, 'invalid_request_error', 'expand']);
});

speaking('[BIL-05] no key, a live key and a page’s key open nothing', async () => {
  const customers = '/v1/customers';
  assert.equal((await refusal(customers, {}, { authorization: '' }))[0], 401);
  assert.equal((await refusal(customers, {}, { authorization: 'Bearer sk_live_1' }))[0], 401);
  const asPage = { authorization: 'Bearer pk_test_1' };
  assert.equal((await refusal(customers, {}, asPage)).slice(0, 2), [403, 'secret_key_required']);
  const { body } = await ask('/v1/setup_intents', { usage: 'off_session' });
  assert.equal((await refusal(`/v1/setup_intents/${body.id}`, undefined, asPage))[0], 400);
  const seen = await ask(`/v1/setup_intents/${body.id}?client_secret=${body.client_secret}`, undefined, asPage);
  assert.equal([seen.status, 'metadata' in seen.body], [200, false]);
});

speaking('[BIL-05] a key replays its answer byte for byte and says so; with another body it is an error', async () => {
  const key = { 'idempotency-key': 'k-1' };
  const first = await ask('/v1/customers', { name: 'Olha' }, key);
  const again = await ask('/v1/customers', { name: 'Olha' }, key);
  assert.equal(again.body, first.body);
  assert.equal([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')], [null, 'true']);
  assert.is(again.headers.get('original-request'), first.headers.get('request-id'));
  assert.equal((await refusal('/v1/customers', { name: 'Petro' }, key)).slice(0, 2), [400, 'idempotency_error']);
  assert.equal(
    (await refusal('/v1/customers', { colour: 'red' }, { 'idempotency-key': 'k-2' }))[1],
    'parameter_unknown',
  );
  assert.is((await ask('/v1/customers', { name: 'Petro' }, { 'idempotency-key': 'k-2' })).status, 200);
});

speaking('[BIL-05] a refusal is replayed under its key too, until keys are forgotten', async () => {
  const form = { amount: '100', currency: 'eur', payment_method: 'pm_card_visa_chargeDeclined', confirm: 'true' };
  const key = { 'idempotency-key': 'k-3' };
  const [first, again] = [await ask('/v1/payment_intents', form, key), await ask('/v1/payment_intents', form, key)];
  assert.equal([first.status, again.status, again.headers.get('idempotent-replayed')], [402, 402, 'true']);
  assert.equal(again.body, first.body);
  const prune = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"hours":0}' };
  await fetch(`${simulator.origin}/_sim/idempotency-keys/prune`, prune);
  const anew = await ask('/v1/payment_intents', form, key);
  assert.is(anew.headers.get('idempotent-replayed'), null);
  assert.is.not(anew.body.error.charge, first.body.error.charge);
});

speaking('[BIL-05] faults are ordered over HTTP, checked, and used up', async () => {
  const order = (fault: object) =>
    fetch(`${simulator.origin}/_sim/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
  assert.is((await order({ match: 'POST /v1/customers', kind: 'earthquake' })).status, 400);
  assert.is((await order({ match: 'POST /v1/customers', kind: '429', times: 2 })).status, 200);
  const statuses = [];
  for (const _ of [1, 2, 3]) statuses.push((await ask('/v1/customers', {})).status);
  assert.equal(statuses, [429, 429, 200]);
});

speaking('[BIL-05] its books are open to the shop’s check', async () => {
  const charges = (await (await fetch(`${simulator.origin}/_sim/charges`)).json()) as { status: string }[];
  assert.ok(charges.every(({ status }) => status === 'failed') && charges.length > 0);
});

speaking('[BIL-05] two calls whose parameters read alike once run together are two, under one key', async () => {
  const key = { 'idempotency-key': 'k-4' };
  await ask('/v1/customers', { name: 'Olha', description: 'one' }, key);
  const alike = await refusal('/v1/customers', { name: 'Olha&description=one' }, key);
  assert.equal(alike.slice(0, 2), [400, 'idempotency_error']);
  const { status, headers } = await ask('/v1/customers', { description: 'one', name: 'Olha' }, key);
  assert.equal([status, headers.get('idempotent-replayed')], [200, 'true'], 'their order does not count');
  const longest = await ask('/v1/customers', {}, { 'idempotency-key': 'k'.repeat(255) });
  const longer = await refusal('/v1/customers', {}, { 'idempotency-key': 'k'.repeat(256) });
  assert.equal([longest.status, ...longer.slice(0, 2)], [200, 400, 'idempotency_error']);
});

speaking('[BIL-05] a payment that is decided keeps its card', async () => {
  const asked = { amount: '500', currency: 'eur', payment_method: 'pm_card_visa', confirm: 'true' };
  const { body } = await ask('/v1/payment_intents', { ...asked, return_url: 'https://shop.example' });
  assert.is(body.status, 'succeeded');
  const refused = await refusal(`/v1/payment_intents/${body.id}`, { payment_method: 'pm_card_mastercard' });
  assert.equal(refused.slice(0, 2), [400, 'payment_intent_unexpected_state']);
  assert.is((await ask(`/v1/payment_intents/${body.id}`, { description: 'late' })).body.description, 'late');
});

speaking.run();
