import { readConfig } from '../../config.js';
import { progress } from '../progress.mjs';
import { readyBlock } from './block.js';
import { cacheFolder } from './cache.js';
import { prepareDatabase, prepareTraffic, type SignIn } from './data.js';
import { closeLists } from './data-folder.js';
import { realParts, shopEnvironment } from './environment.js';
import { firstOrderIsDue, placeFirstOrder } from './first-order.js';
import { planMetal, stockMetal } from './metal.js';
import type { Options } from './options.js';
import { shopParts } from './parts.js';
import type { ShopPlan } from './plan.js';
import { portsFrom } from './ports.js';
import type { Records } from './records.js';
import { secretsOf } from './secrets.js';
import { type Started, startParts, stopParts } from './shop.js';
import { supervise } from './supervisor.js';

/** One session of the shop: everything that it starts is stopped before it answers, however it ends. */
export async function run(options: Options, records: Records): Promise<number> {
  const begun = Date.now();
  records.claim();
  const stopping = stopOnSignals(records);
  let started: Started[] = [];
  try {
    const left = await records.stopLeftovers();
    if (left.length > 0) console.log(`Stopped what an earlier start had left running: ${left.join(', ')}`);
    const signIns: SignIn[] = [];
    const plan = await planned(options, signIns);
    const parts = shopParts(plan);
    started = await progress('Starting the shop', startParts(parts, records, stopping.signal));
    const fatal = new Promise<string>((resolve) => supervise(started, records, stopping.signal, resolve));
    console.log(readyBlock(inListedOrder(started, parts), signIns, Date.now() - begun));
    return await serve(plan, { options, signIns, fatal, stopping: stopping.signal });
  } catch (error) {
    if (stopping.signal.aborted) return 0;
    throw error;
  } finally {
    stopping.abort();
    await progress('Stopping', stopParts(started, records));
    records.close();
  }
}

/** The first asks everything to end in its order; the second ends it. */
function stopOnSignals(records: Records): AbortController {
  const stopping = new AbortController();
  const stop = () => {
    if (stopping.signal.aborted) {
      records.killAll();
      process.exit(1);
    }
    console.log('\nStopping; once more to kill.');
    stopping.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}); // who read us may have gone
  process.on('uncaughtException', (error) => {
    console.error(error); // ours; the parts must be stopped all the same
    process.exitCode = 1;
    stopping.abort();
  });
  return stopping;
}

async function planned({ data, portBase, light, workerThrough }: Options, signIns: SignIn[]): Promise<ShopPlan> {
  const [ports, secrets] = [portsFrom(portBase), await secretsOf(data)];
  const metal = await planMetal(process.env, { data, light }, ports);
  const environment = shopEnvironment(process.env, { light, ports, secrets, metal });
  const config = readConfig(environment);
  return {
    data,
    ports,
    secrets,
    environment,
    real: realParts(process.env, { light }),
    metal,
    workerThrough,
    bundleCache: await cacheFolder('bundles'),
    async prepareData() {
      const { demoPasswords: passwords, demoSecondFactor: secondFactor } = secrets;
      const secretsKey = environment.SECRETS_KEY ?? secrets.secretsKey;
      const seeding = { passwords, secondFactor, secretsKey, dataDir: data, ports, bmcPort: metal && ports.bmc };
      signIns.push(...(await prepareDatabase(config.databaseUrl, seeding)));
      closeLists(data);
    },
    prepareTraffic: () => prepareTraffic(config),
  };
}

function inListedOrder(started: readonly Started[], parts: ReturnType<typeof shopParts>): Started[] {
  return parts.flatMap((part) => started.find((one) => one.part === part) ?? []);
}

interface Session {
  readonly options: Options;
  readonly signIns: readonly SignIn[];
  /** A part that died too often. */
  readonly fatal: Promise<string>;
  readonly stopping: AbortSignal;
}

async function serve(plan: ShopPlan, { options, signIns, fatal, stopping }: Session): Promise<number> {
  const asked = new Promise<number>((resolve) => stopping.addEventListener('abort', () => resolve(0)));
  const gaveUp = fatal.then((part) => {
    console.error(`${part} does not stay up: stopping everything.`);
    return 1;
  });
  const stocked = plan.metal && stockMetal(plan, stopping);
  const due = options.once || (options.firstOrder && firstOrderIsDue(plan.data));
  const ordered = due ? order(plan, signIns, { stocked, stopping }) : undefined;
  if (options.once && ordered) return Promise.race([ordered, gaveUp, asked.then(() => 1)]);
  return Promise.race([asked, gaveUp]);
}

interface Waiting {
  /** Done when the machine in QEMU is in stock, or will not be. */
  readonly stocked: Promise<void> | undefined;
  readonly stopping: AbortSignal;
}

/** 0 when the ordered server became active and answered. */
async function order(plan: ShopPlan, signIns: readonly SignIn[], { stocked, stopping }: Waiting): Promise<number> {
  try {
    await stocked;
    await placeFirstOrder(plan, signIns, stopping);
    return 0;
  } catch (error) {
    if (!stopping.aborted) console.error(`The first order did not come through: ${told(error)}`);
    return 1;
  }
}

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
