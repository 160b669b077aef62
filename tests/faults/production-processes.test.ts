import { randomBytes, randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { connect } from '../../models/connection.js';
import { freePort } from '../support/cluster.js';
import { until } from '../support/launched-shop.js';
import { OwnProcess, statusOf } from '../support/own-process.js';
import { productionEnvironment } from '../support/production-environment.js';

const shape = suite('[OPS] processes as they run in production');
const drawn = () => `seeded-${randomBytes(16).toString('hex')}`;
const card = '4242 4242 4242 4242';
const bearer = drawn();
const running: OwnProcess[] = [];

function started(file: string, env: Record<string, string>, ...args: string[]): OwnProcess {
  const one = new OwnProcess(file, env, ...args);
  running.push(one);
  return one;
}

function leaked(said: string, env: Record<string, string>): string[] {
  const passwords = [env.DATABASE_URL, env.SMTP_URL].map((url) => new URL(url ?? '').password);
  const names = ['TEMPORAL_API_KEY', 'TEMPORAL_CODEC_SECRET', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'];
  const keys = [...names, 'SESSION_KEY', 'LINK_KEY', 'SECRETS_KEY'].map((name) => env[name] ?? '');
  return [...passwords, ...keys, bearer, card, card.replaceAll(' ', '')].filter((secret) => said.includes(secret));
}

shape.after.each(async () => {
  await Promise.all(running.splice(0).map((each) => each.kill()));
});

shape('the web is alive and not ready without a database, and no secret is in what it prints', async () => {
  const env = productionEnvironment({ PORT: String(await freePort()) });
  const url = `http://127.0.0.1:${env.PORT}`;
  const web = started('api/server.ts', env);
  await until(
    async () => (await statusOf(`${url}/healthz`)) === 200,
    60_000,
    () => web.said,
  );
  assert.is(await statusOf(`${url}/readyz`), 503);
  const headers = { authorization: `Bearer ${bearer}`, cookie: `qm_customer=${bearer}`, host: 'shop.example' };
  const body = new URLSearchParams({ name: card, password: bearer });
  for (const path of ['/', '/sign-in', `/invoices?token=${bearer}`]) await statusOf(url + path, { headers });
  await statusOf(`${url}/sign-in`, { method: 'POST', headers, body });
  await statusOf(`${url}/webhooks/stripe`, { method: 'POST', headers, body: JSON.stringify({ card, key: bearer }) });
  await statusOf(`${url}/codec/${env.TEMPORAL_CODEC_SECRET}/decode`, { method: 'POST', headers, body: '{' });
  assert.match(web.said, 'a page failed', 'the test sees failures');
  assert.equal(leaked(web.said, env), []);
});

shape('the worker is alive and not ready without a cluster, and no secret is in what it prints', async () => {
  const env = productionEnvironment({ HEALTH_PORT: String(await freePort()) });
  const worker = started('activities/worker.ts', env, '--queues', 'mail');
  const url = `http://127.0.0.1:${env.HEALTH_PORT}`;
  await until(
    async () => (await statusOf(`${url}/healthz`)) === 200,
    60_000,
    () => worker.said,
  );
  assert.is(await statusOf(`${url}/readyz`), 503);
  await until(
    () => worker.said.includes('does not answer'),
    60_000,
    () => worker.said,
  );
  assert.equal(leaked(worker.said, env), []);
});

shape('a wrong configuration is told without its values', async () => {
  const env = productionEnvironment({ PORT: 'http', SESSION_KEY: 'short-secret' });
  const web = started('api/server.ts', env);
  assert.is(await web.ended, 2);
  assert.match(web.said, /PORT must be a port number[\s\S]*SESSION_KEY must be at least 32/);
  assert.equal(leaked(web.said, env), []);
  assert.not.match(web.said, 'short-secret');
});

shape('migrations that start at once are done once, and again is nothing to do', async () => {
  const server = process.env.TEST_POSTGRES ?? '';
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const admin = connect(`${server}/postgres`);
  await admin.raw('CREATE DATABASE ??', [name]);
  await admin.destroy();
  const env = { DATABASE_URL: `${server}/${name}` };
  const both = [1, 2].map(() => started('migrations/migrate.ts', env));
  assert.equal(await Promise.all(both.map((each) => each.ended)), [0, 0], both.map(({ said }) => said).join());
  const said = both.map((each) => each.said).sort();
  assert.is(said[0], 'Nothing to migrate.\n');
  assert.match(said[1] ?? '', 'migrated 20261121080000_enable_exclusion_over_time');
  assert.is(await started('migrations/migrate.ts', {}).ended, 2);
});

shape.run();
