import { createServer } from 'node:http';
import { Model } from 'objection';
import { type Config, readConfigOrExit } from '../config.js';
import { withHealth } from '../gateways/health.js';
import { createLog } from '../gateways/log.js';
import { metricsStoreOf } from '../gateways/metrics/store.js';
import { createStripePayments } from '../gateways/payments/stripe.js';
import { createProcesses } from '../gateways/processes.js';
import { createSealer } from '../gateways/sealing.js';
import { connect } from '../models/connection.js';
import { createCodec } from '../temporal-config/codec.js';
import { lazyClient } from '../temporal-config/connection.js';
import { readablePayloads } from '../temporal-config/readable-payloads.js';
import { createApp } from './app.js';
import { patienceWithVisitors } from './slow-visitors.js';

const DRAIN_MS = 10_000;

const config = readConfigOrExit(process.env);
const log = createLog('web', config.secrets);
const knex = connect(config.databaseUrl);
Model.knex(knex);
const client = lazyClient(config.temporal, config.secretsKey, config.previousSecretsKeys);

const app = createApp({
  processes: createProcesses(client),
  payments: createStripePayments(config.stripe),
  metrics: metricsStoreOf(config.metrics, knex, () => new Date()),
  knex,
  publicUrl: config.publicUrl,
  sessionKey: config.sessionKey,
  previousSessionKeys: config.previousSessionKeys,
  trustedProxies: config.trustedProxies,
  linkKey: config.linkKey,
  netbootUrl: config.netbootUrl,
  netbootImages: config.netbootImages,
  netbootNetworks: config.netbootNetworks,
  sealer: createSealer(config.secretsKey, config.previousSecretsKeys),
  now: () => new Date(),
  codec: codecOf(config),
  temporalUi: config.temporal.uiUrl ? { url: config.temporal.uiUrl, namespace: config.temporal.namespace } : undefined,
  logError: (reference, error) => log.error({ reference, err: error }, 'a page failed'),
});

const pages = withHealth(app, async () => knex.raw('SELECT 1'));
const server = createServer(patienceWithVisitors(), pages);
server.listen(config.port, config.host, () => log.info({ url: config.publicUrl }, 'listening'));
server.on('error', (error) => {
  log.fatal({ err: error }, 'cannot listen');
  process.exit(1);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop);

/** Only where the Temporal UI is known, since it alone may ask. */
function codecOf({ temporal, secretsKey, previousSecretsKeys }: Config) {
  const { uiUrl, codecSecret } = temporal;
  if (!uiUrl || !codecSecret) return undefined;
  const codec = createCodec(secretsKey, previousSecretsKeys);
  const open = (body: unknown) => readablePayloads(codec, body);
  return { secret: codecSecret, uiOrigin: new URL(uiUrl).origin, open };
}

/** Answers what was asked already, refuses what comes now, and goes. */
async function stop(): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(late);
  await client.connection.close();
  await knex.destroy();
  log.info('stopped');
  process.exit(0);
}
