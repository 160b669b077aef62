import knex, { type Knex } from 'knex';
import { migrationSource } from './source.js';

/** Whoever migrates holds this, so that processes started at once do it once. Let go with the connection, whatever happens. */
const LOCK = 0x7175_6172; // "quar"

const { DATABASE_URL: connection } = process.env;
if (!connection) {
  console.error('DATABASE_URL is missing');
  process.exit(2);
}

const database = knex({ client: 'pg', connection, pool: { min: 0, max: 3 } });
try {
  await locked(database, async () => {
    await database.migrate.forceFreeMigrationsLock({ migrationSource }); // of one that was killed: nobody else is at it
    const [, done] = (await database.migrate.latest({ migrationSource })) as [number, string[]];
    console.log(done.length === 0 ? 'Nothing to migrate.' : done.map((name) => `migrated ${name}`).join('\n'));
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await database.destroy();
}

async function locked(database: Knex, work: () => Promise<void>): Promise<void> {
  const holder = await database.client.acquireConnection();
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await work();
  } finally {
    await holder.query('SELECT pg_advisory_unlock($1)', [LOCK]).catch(() => {});
    await database.client.releaseConnection(holder);
  }
}
