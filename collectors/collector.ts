import { randomInt, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Model } from 'objection';
import { readConfigOrExit } from '../config.js';
import { withHealth } from '../gateways/health.js';
import { createLog } from '../gateways/log.js';
import { metricsStoreOf } from '../gateways/metrics/store.js';
import { createSealer } from '../gateways/sealing.js';
import { createSwitchReaders } from '../gateways/switch/readers.js';
import { connect } from '../models/connection.js';
import { IntervalBuffer } from './snmp/interval-buffer.js';
import { Keeper } from './snmp/keeper.js';
import { Watch } from './snmp/watch.js';

const CLAIM_EVERY_MS = 10_000;
const KEEP_EVERY_MS = 10_000;
const HOUSEKEEP_EVERY_MS = 6 * 3_600_000;
/** More than an hour of 20,000 ports, in some 40 MB. */
const MOST_WAITING = 250_000;

const config = readConfigOrExit(process.env);
const log = createLog('collector', config.secrets);
const now = () => new Date();
const knex = connect(config.databaseUrl);
Model.knex(knex);

const store = metricsStoreOf(config.metrics, knex, now);
const readers = createSwitchReaders({ timeoutMs: 1_500, retries: 2, firstId: randomInt(2 ** 31) });
const keeper = new Keeper(new IntervalBuffer({ store, most: MOST_WAITING, log }));
const watch = new Watch({
  collector: `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`,
  ...{ readers, keeper, now, log },
  sealer: createSealer(config.secretsKey, config.previousSecretsKeys),
});

const stopping = new AbortController();
const signal = stopping.signal;
for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stopping.abort());

const nothing = createServer(withHealth((_, response) => response.writeHead(404).end(), isReady));
nothing.on('error', (error) => {
  log.fatal({ err: error }, 'cannot listen');
  process.exit(1);
});
nothing.listen(config.collectorPort, config.host, () => log.info({ port: config.collectorPort }, 'collecting'));

await Promise.all([
  again(CLAIM_EVERY_MS, () => watch.claim()),
  again(KEEP_EVERY_MS, () => keeper.keep()),
  again(HOUSEKEEP_EVERY_MS, () => store.housekeep()),
]);
await watch.stop().catch((error: unknown) => log.error({ err: error }, 'not everything was kept'));
readers.close();
nothing.close();
await store.close();
await knex.destroy();
log.info('stopped');
process.exit(0);

async function isReady(): Promise<void> {
  await knex.raw('SELECT 1');
  if (!watch.ready) throw new Error('it does not know its devices yet');
}

/** Until it is asked to stop; what fails is tried again the next time. */
async function again(everyMs: number, work: () => Promise<unknown>): Promise<void> {
  while (!signal.aborted) {
    await work().catch((error: unknown) => log.error({ err: error }, 'tried again later'));
    await pause(everyMs, undefined, { signal }).catch(() => {});
  }
}
