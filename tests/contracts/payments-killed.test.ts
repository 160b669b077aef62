import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Stripe from 'stripe';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stripeClient } from '../../gateways/payments/stripe-client.js';

interface Answered {
  readonly key: string;
  readonly intent: Stripe.PaymentIntent;
}

const ENOUGH = 40;
const killed = suite('[BIL-05] the card simulator, killed without warning (here alone)');
const folder = mkdtempSync(join(tmpdir(), 'payments-killed-'));
let port: number;
let process_: ChildProcess;
let stripe: Stripe;

killed.before(async () => {
  port = await freePort();
  stripe = stripeClient({ secretKey: 'sk_test_1', apiUrl: `http://127.0.0.1:${port}` });
  process_ = await started();
});
killed.after(() => {
  process_.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

killed('[BIL-05] what was answered before kill -9 stands after it, keys and promises included', async () => {
  const answered: Answered[] = [];
  const paying = Array.from({ length: 8 }, (_, till) => untilItDies(till, answered));
  while (answered.length < ENOUGH) await new Promise((resolve) => setTimeout(resolve, 5));
  process_.kill('SIGKILL');
  await Promise.all(paying);

  process_ = await started();
  for (const { key, intent } of answered) {
    const replayed = await pay(key);
    assert.equal(
      [replayed.id, replayed.status, replayed.latest_charge],
      [intent.id, 'succeeded', intent.latest_charge],
    );
    assert.is(replayed.lastResponse.headers['idempotent-replayed'], 'true');
  }
  const intents = await everything(stripe.paymentIntents.list({ limit: 100 }));
  const charges = await everything(stripe.charges.list({ limit: 100 }));
  const transactions = await everything(stripe.balanceTransactions.list({ limit: 100 }));
  assert.is(new Set(charges.map(({ payment_intent }) => payment_intent)).size, charges.length);
  assert.equal(transactions.map(({ source }) => source).sort(), charges.map(({ id }) => id).sort());
  assert.is(intents.filter(({ status }) => status !== 'succeeded').length, 0, 'a commit was kept by halves');
  const agenda = (await (await fetch(`http://127.0.0.1:${port}/_sim/agenda`)).json()) as { subject: string }[];
  assert.equal(agenda.map(({ subject }) => subject).sort(), charges.map(({ id }) => id).sort());
});

async function untilItDies(till: number, answered: Answered[]): Promise<void> {
  for (let count = 0; ; count += 1) {
    const key = `till-${till}-${count}`;
    const intent = await pay(key).catch(() => undefined);
    if (!intent) return;
    answered.push({ key, intent });
  }
}

/** With a card that is disputed later: so each payment also leaves a promise. */
function pay(idempotencyKey: string) {
  const asked = {
    amount: 3000,
    currency: 'eur',
    payment_method: 'pm_card_createDispute',
    payment_method_types: ['card'],
  };
  return stripe.paymentIntents.create({ ...asked, confirm: true, off_session: true }, { idempotencyKey });
}

async function everything<Kind extends { id: string }>(list: Stripe.ApiListPromise<Kind>): Promise<Kind[]> {
  return list.autoPagingToArray({ limit: 10_000 });
}

async function started(): Promise<ChildProcess> {
  const file = ['dev/typescript.mjs', 'dev/payments/main.ts', '--data', folder, '--port', String(port)];
  const child = spawn(process.execPath, [...file, '--bank-delay', '3600'], { stdio: 'ignore' });
  for (let tries = 0; tries < 300; tries += 1) {
    if (
      await fetch(`http://127.0.0.1:${port}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return child;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error('the simulator did not start');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

killed.run();
