import { Model } from 'objection';
import type { Config } from '../../config.js';
import { metricsStoreOf } from '../../gateways/metrics/store.js';
import { createSealer } from '../../gateways/sealing.js';
import { migrationSource } from '../../migrations/source.js';
import { connect } from '../../models/connection.js';
import { bringMetalBack, placeMetal, setMetalAside } from '../demo/metal.js';
import { seedDemoShop } from '../demo/seed.js';
import { seedTraffic } from '../demo/traffic.js';

type Seeding = Omit<Parameters<typeof seedDemoShop>[0], 'now'> & {
  /** UDP, of the machine in QEMU; absent: there is none this time. */
  readonly bmcPort?: number | undefined;
};

export interface SignIn {
  readonly who: string;
  readonly email: string;
  readonly password: string;
  /** Who also types a code: what it is counted by. */
  readonly secondFactor?: string;
  readonly url: string;
}

/** The newest tables, and in them the demo shop, laid out once; who may sign in to it. */
export async function prepareDatabase(databaseUrl: string, seeding: Seeding): Promise<readonly SignIn[]> {
  const knex = connect(databaseUrl);
  Model.knex(knex);
  try {
    await knex.migrate.latest({ migrationSource });
    const now = new Date();
    const { signIns } = await seedDemoShop({ ...seeding, now });
    const { bmcPort, dataDir, secretsKey } = seeding;
    const sealer = createSealer(Buffer.from(secretsKey, 'base64'));
    if (bmcPort) await placeMetal({ sealer, bmcPort, dataDir, now });
    else await setMetalAside(now);
    return signIns;
  } finally {
    await knex.destroy();
  }
}

/** From now on the machine in QEMU can be sold, unless it has been. */
export async function returnMetalToStock(databaseUrl: string): Promise<void> {
  const knex = connect(databaseUrl);
  Model.knex(knex);
  try {
    await bringMetalBack(new Date());
  } finally {
    await knex.destroy();
  }
}

/** The demo's traffic so far, written once; slow enough that nobody should wait for it. */
export async function prepareTraffic({ databaseUrl, metrics }: Config): Promise<void> {
  const knex = connect(databaseUrl);
  Model.knex(knex);
  const store = metricsStoreOf(metrics, knex, () => new Date());
  try {
    await seedTraffic(store, new Date());
  } finally {
    await store.close();
    await knex.destroy();
  }
}
