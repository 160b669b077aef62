import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ConfigurationWrong, configurationNames, readConfig } from './config.js';

const configuration = suite('configuration');
/** Read elsewhere: by the log, and by what starts the processes. */
const beside = ['LOG_LEVEL', 'NODE_ENV', 'NODE_EXTRA_CA_CERTS', 'QM_BUNDLE_CACHE'];
const key = 'k'.repeat(32);
const sound = {
  DATABASE_URL: 'postgres://postgres:secret@127.0.0.1:5432/shop',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  PUBLIC_URL: 'https://shop.example/',
  SMTP_URL: 'smtp://127.0.0.1:25',
  MAIL_FROM: 'Shop <shop@example.org>',
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
  SESSION_KEY: key,
  LINK_KEY: key,
  SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
};

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigurationWrong) return error.problems;
    throw error;
  }
  return [];
}

configuration('is read with its defaults, and addresses lose their last slash', () => {
  const { publicUrl, netbootUrl, port, temporal, secretsKey, stripe, mail } = readConfig(sound);
  assert.equal([publicUrl, netbootUrl, port], ['https://shop.example', 'https://shop.example', 3000]);
  assert.equal([temporal.namespace, temporal.tls, secretsKey.length], ['default', false, 32]);
  assert.equal([stripe.apiUrl, mail.domain], [undefined, 'shop.example']);
  assert.is(stripe.scriptUrl, 'https://js.stripe.com/v3/');
});

configuration('names every variable that is missing, at once', () => {
  assert.equal(
    problemsOf({}),
    Object.keys(sound).map((name) => `${name} is missing`),
  );
});

configuration('takes an empty variable for a missing one', () => {
  assert.equal(problemsOf({ ...sound, SMTP_URL: '' }), ['SMTP_URL is missing']);
});

configuration('says what each wrong value should have been, and never repeats the value', () => {
  const wrong = {
    DATABASE_URL: 'mysql://root:hunter2@db',
    TEMPORAL_ADDRESS: 'temporal',
    PORT: '99999',
    SECRETS_KEY: 'c2hvcnQ=',
    SESSION_KEY: 'hunter2',
  };
  const problems = problemsOf({ ...sound, ...wrong });
  assert.equal(problems.map((problem) => problem.split(' ', 1)[0]).sort(), Object.keys(wrong).sort());
  assert.not.match(problems.join('\n'), 'hunter2');
});

configuration('speaks TLS to a cluster that asks for a key, unless told otherwise', () => {
  const withKey = { ...sound, TEMPORAL_API_KEY: 'a key' };
  assert.is(readConfig(withKey).temporal.tls, true);
  assert.is(readConfig({ ...withKey, TEMPORAL_TLS: 'no' }).temporal.tls, false);
});

for (const [given, tls] of [
  [{ TEMPORAL_TLS_CA_FILE: '/etc/ca.pem' }, true],
  [{ TEMPORAL_TLS_CERT_FILE: '/etc/shop.pem', TEMPORAL_TLS_KEY_FILE: '/etc/shop.key' }, true],
  [{}, false],
] as const) {
  configuration(`${Object.keys(given).join(' and ') || 'nothing'} ${tls ? 'asks' : 'does not ask'} for TLS`, () => {
    assert.is(readConfig({ ...sound, ...given }).temporal.tls, tls);
  });
}

configuration('takes a client certificate only with its key', () => {
  assert.equal(problemsOf({ ...sound, TEMPORAL_TLS_CERT_FILE: '/etc/shop.pem' }), [
    'TEMPORAL_TLS_CERT_FILE and TEMPORAL_TLS_KEY_FILE go together',
  ]);
});

configuration('knows the keys that were, in the order given', () => {
  const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const given = { ...sound, SECRETS_KEY_PREVIOUS: `${one.toString('base64')}, ${other.toString('base64')}` };
  assert.equal(readConfig(given).previousSecretsKeys, [one, other]);
  assert.match(problemsOf({ ...sound, SECRETS_KEY_PREVIOUS: 'short' }).join(), 'SECRETS_KEY_PREVIOUS must be keys');
});

configuration('stands in the table of the operations, every variable of it', () => {
  const table = readFileSync(new URL('docs/operations.md', import.meta.url), 'utf8');
  const told = [...table.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map(([, name]) => name);
  assert.equal(
    [...configurationNames].filter((name) => !told.includes(name)),
    [],
  );
  assert.equal(
    told.filter((name) => ![...configurationNames, ...beside].includes(name ?? '')),
    [],
  );
});

configuration.run();
