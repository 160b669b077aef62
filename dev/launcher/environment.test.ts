import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ConfigurationWrong, readConfig } from '../../config.js';
import { realParts, shopEnvironment } from './environment.js';
import { portsFrom } from './ports.js';

const environment = suite('environment of the shop');
const secrets = {
  databasePassword: 'database-password',
  sessionKey: 's'.repeat(32),
  linkKey: 'l'.repeat(32),
  secretsKey: Buffer.alloc(32, 1).toString('base64'),
  codecSecret: 'c'.repeat(32),
  webhookSecret: 'whsec_1',
  demoPasswords: { customer: 'one', staff: 'two' },
  demoSecondFactor: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
};
const ports = portsFrom(4000);
const whole = (env: NodeJS.ProcessEnv, light = false) => shopEnvironment(env, { light, ports, secrets });

environment('of embedded parts alone is a whole configuration', () => {
  const { databaseUrl, publicUrl, port, temporal, probeProxy, stripe } = readConfig(whole({}));
  assert.is(databaseUrl, 'postgres://postgres:database-password@127.0.0.1:4006/quartermaster');
  assert.equal([publicUrl, port, temporal.address], ['http://127.0.0.1:4000', 4000, '127.0.0.1:4004']);
  assert.equal([probeProxy, stripe.apiUrl], ['http://127.0.0.1:4007', 'http://127.0.0.1:4001']);
});

environment('takes real parts where they are named, and none of them with --light', () => {
  const named = { DATABASE_URL: 'postgres://db/shop', SMTP_URL: 'smtp://mail:25', PUBLIC_URL: 'https://shop.example' };
  const real = realParts({ ...named, INFLUX_URL: 'http://influx:8086' }, { light: false });
  assert.equal(real, { database: true, temporal: false, mail: true, payments: false, metrics: true });
  assert.is(whole(named).DATABASE_URL, 'postgres://db/shop');
  assert.match(whole(named, true).DATABASE_URL ?? '', '127.0.0.1:4006');
  assert.is(whole(named, true).PUBLIC_URL, 'https://shop.example');
});

environment('of a machine in QEMU names the shop as that machine sees it, and its installers', () => {
  const metal = { images: '/data/netboot', cache: '/cache', netbootUrl: 'http://10.0.2.2:4000' };
  const env = shopEnvironment({}, { light: false, ports, secrets, metal });
  const { netbootUrl, netbootImages } = readConfig(env);
  assert.equal([netbootUrl, netbootImages], ['http://10.0.2.2:4000', '/data/netboot']);
  assert.equal([readConfig(whole({})).netbootUrl, readConfig(whole({})).netbootImages], [env.PUBLIC_URL, undefined]);
});

environment('of a real payment provider is never filled up with the simulator’s keys', () => {
  const half = whole({ STRIPE_SECRET_KEY: 'sk_test_real' });
  try {
    readConfig(half);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, ConfigurationWrong);
    const missing = ['STRIPE_PUBLISHABLE_KEY is missing', 'STRIPE_WEBHOOK_SECRET is missing'];
    assert.equal((error as ConfigurationWrong).problems, missing);
  }
});

environment.run();
