import { existsSync } from 'node:fs';
import { Model } from 'objection';
import { migrationSource } from '../../migrations/source.js';
import { connect } from '../../models/connection.js';
import type { Ports } from './ports.js';
import { root } from './program.js';
import type { Secrets } from './secrets.js';

export interface SignIn {
  readonly who: string;
  readonly email: string;
  readonly password: string;
  readonly url: string;
}

interface SeedOptions {
  readonly passwords: Secrets['demoPasswords'];
  readonly secretsKey: string;
  readonly now: Date;
  readonly dataDir: string;
  readonly ports: Ports;
}

type Seed = (options: SeedOptions) => Promise<{ signIns: SignIn[] }>;

/** The newest tables, and in them the demo shop, laid out once; who may sign in to it. */
export async function prepareDatabase(databaseUrl: string, seeding: Omit<SeedOptions, 'now'>): Promise<SignIn[]> {
  const knex = connect(databaseUrl);
  Model.knex(knex);
  try {
    await knex.migrate.latest({ migrationSource });
    const seedDemoShop = await seed();
    const { signIns } = await seedDemoShop({ ...seeding, now: new Date() });
    return signIns;
  } finally {
    await knex.destroy();
  }
}

async function seed(): Promise<Seed> {
  if (!existsSync(`${root}/dev/demo/seed.ts`)) return async () => ({ signIns: [] });
  const path = '../demo/seed.js';
  return ((await import(path)) as { seedDemoShop: Seed }).seedDemoShop;
}
