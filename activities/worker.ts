import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { Model } from 'objection';
import { readConfigOrExit } from '../config.js';
import { createBmcs } from '../gateways/bmc/drivers.js';
import { withHealth } from '../gateways/health.js';
import { createLog } from '../gateways/log.js';
import { createSmtpMailer } from '../gateways/mailer.js';
import { createStripePayments } from '../gateways/payments/stripe.js';
import { createHttpProbe } from '../gateways/probe/probe.js';
import { createProcesses } from '../gateways/processes.js';
import { createSealer } from '../gateways/sealing.js';
import { createSnmpSwitches } from '../gateways/switch/snmp.js';
import { connect } from '../models/connection.js';
import { connectionOptions, dataConverter, lazyClient } from '../temporal-config/connection.js';
import { reconcileSchedules } from '../temporal-config/schedules.js';
import { registerSearchAttributes } from '../temporal-config/search-attributes.js';
import { workflowBundle } from '../temporal-config/workflow-bundle.js';
import { queuesOfActivities, type TaskQueue, taskQueues } from '../workflows/messages/contract.js';
import { createActivities } from './index.js';

const CACHED_WORKFLOWS = 200;

const config = readConfigOrExit(process.env);
const log = createLog('worker', config.secrets);
const queues = askedQueues();
const logger = new DefaultLogger('INFO', ({ level, message, meta }) => {
  log[level.toLowerCase() as 'trace' | 'debug' | 'info' | 'warn' | 'error']({ ...meta }, message);
});
Runtime.install({
  logger,
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'WARN' }), forward: {} } },
  shutdownSignals: [],
});

const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopping.abort());

const knex = connect(config.databaseUrl);
Model.knex(knex);
let workers: readonly Worker[] = [];
const health = config.healthPort === undefined ? undefined : tellHealth(config.healthPort);
const bundle = await workflowBundle(logger);
const connection = await untilThere();
if (connection) await work(connection);
health?.close();
await knex.destroy();
log.info('stopped');
process.exit(0);

function askedQueues(): readonly TaskQueue[] {
  const asked = parseArgs({ options: { queues: { type: 'string' } } }).values.queues?.split(',');
  const unknown = asked?.filter((queue) => !(taskQueues as readonly string[]).includes(queue)) ?? [];
  if (unknown.length > 0) {
    console.error(`--queues: there is no queue ${unknown.join(', ')}; there are ${taskQueues.join(', ')}`);
    process.exit(2);
  }
  return taskQueues.filter((queue) => asked?.includes(queue) ?? true);
}

/** Alive from its first breath; ready while it takes work from every queue of its own and the database answers. */
function tellHealth(port: number): Server {
  const isReady = async () => {
    const polling = workers.length > 0 && workers.every((worker) => worker.getState() === 'RUNNING');
    if (!polling || stopping.signal.aborted) throw new Error('it takes no work');
    await knex.raw('SELECT 1');
  };
  const server = createServer(withHealth((_, response) => response.writeHead(404).end(), isReady));
  server.on('error', (error) => {
    log.fatal({ err: error }, 'cannot listen');
    process.exit(1);
  });
  return server.listen(port, config.host);
}

/** A worker that is started before its cluster waits for it; nothing when it is stopped first. */
async function untilThere(): Promise<NativeConnection | undefined> {
  while (!stopping.signal.aborted) {
    try {
      return await NativeConnection.connect(connectionOptions(config.temporal));
    } catch (error) {
      log.warn({ err: error }, 'the cluster does not answer; trying again');
      await pause(2_000, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }
  return undefined;
}

async function work(connection: NativeConnection): Promise<void> {
  const { namespace } = config.temporal;
  const client = lazyClient(config.temporal, config.secretsKey, config.previousSecretsKeys);
  await registerSearchAttributes(connection, namespace);
  await reconcileSchedules(client);
  const activities = createActivities({
    now: () => new Date(),
    mailer: createSmtpMailer(config.mail),
    payments: createStripePayments(config.stripe),
    shopUrl: config.publicUrl,
    linkKey: config.linkKey,
    processes: createProcesses(client),
    bmcs: createBmcs(),
    switches: createSnmpSwitches(),
    probe: createHttpProbe(config.probeProxy === undefined ? {} : { proxy: config.probeProxy }),
    sealer: createSealer(config.secretsKey, config.previousSecretsKeys),
  });
  const shared = {
    connection,
    namespace,
    activities,
    dataConverter: dataConverter(config.secretsKey, config.previousSecretsKeys),
    maxCachedWorkflows: CACHED_WORKFLOWS,
    maxConcurrentActivityTaskExecutions: 50,
    shutdownGraceTime: '10 seconds',
    shutdownForceTime: '25 seconds',
  };
  workers = await Promise.all(
    queues.map((taskQueue) =>
      Worker.create({
        ...shared,
        taskQueue,
        ...(queuesOfActivities.includes(taskQueue) ? {} : { workflowBundle: bundle }),
      }),
    ),
  );
  const shutDown = () => {
    for (const worker of workers) worker.shutdown();
  };
  const working = Promise.all(workers.map((worker) => worker.run()));
  if (stopping.signal.aborted) shutDown();
  stopping.signal.addEventListener('abort', shutDown);
  log.info({ queues }, 'working');
  process.send?.('ready'); // whoever started us with a channel waits for this
  await working;
  await client.connection.close();
  await connection.close();
}
