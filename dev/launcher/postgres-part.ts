import pg from 'pg';
import { databaseFolder } from './database-folder.js';
import type { Part } from './part.js';
import type { ShopPlan } from './plan.js';
import { startPostgres } from './postgres.js';
import { serverAccount } from './unprivileged.js';

const DATABASE = 'quartermaster';

/** PostgreSQL in the data folder, with the shop's database in it. */
export function postgresPart({ data, ports, secrets }: Pick<ShopPlan, 'data' | 'ports' | 'secrets'>): Part {
  return {
    name: 'database',
    kind: 'embedded',
    url: `postgres://postgres@127.0.0.1:${ports.postgres}/${DATABASE}`,
    ports: [{ port: ports.postgres }],
    after: [],
    async start({ log, born }) {
      const folder = await databaseFolder(data, await serverAccount());
      const server = await startPostgres({ folder, port: ports.postgres, password: secrets.databasePassword, log });
      born(server.child.pid);
      await createDatabase(server.url('postgres'));
      return server;
    },
  };
}

async function createDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}
