import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../tests/support/failure.js';
import { databaseFolder, deleteData } from './database-folder.js';
import { isAlive } from './leftovers.js';
import { type PostgresServer, startPostgres } from './postgres.js';
import { serverAccount } from './unprivileged.js';

const database = suite('PostgreSQL of our own running');
let above: string;
let running: PostgresServer | undefined;

database.before.each(async () => {
  above = await mkdtemp(join(tmpdir(), 'quartermaster-postgres-'));
  await chmod(above, 0o755);
});
database.after.each(async () => {
  await running?.stop();
  running = undefined;
  await rm(above, { recursive: true });
});

async function start(password = 'right'): Promise<PostgresServer> {
  running = await startPostgres({ folder: join(above, 'data'), port: await freePort(), password, log: 'ignore' });
  return running;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function ask(connectionString: string, query: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

database(
  'keeps its data, stops what was left over in its folder, and lets nobody in without the password',
  async () => {
    const first = await start();
    await ask(first.url('postgres'), 'CREATE TABLE kept AS SELECT 7 AS seven');
    const wrong = first.url('postgres').replace(':right@', ':wrong@');
    assert.match(String(await failureOf(ask(wrong, 'SELECT 1'))), 'password');

    const second = await start();
    assert.not.ok(isAlive(first.child.pid ?? 0));
    assert.equal(await ask(second.url('postgres'), 'SELECT seven FROM kept'), [{ seven: 7 }]);
  },
);

database('is not kept from starting by a lock whose owner is another program now', async () => {
  await (await start()).stop();
  await writeFile(join(above, 'data', 'postmaster.pid'), `${process.pid}\n`);
  assert.equal(await ask((await start()).url('postgres'), 'SELECT 1 AS one'), [{ one: 1 }]);
});

database('begins anew where its first start was interrupted', async () => {
  await (await start()).stop();
  await rm(join(above, 'data', 'PG_VERSION'));
  assert.equal(await ask((await start()).url('postgres'), 'SELECT 1 AS one'), [{ one: 1 }]);
});

database('lies where the account that runs it gets through to, and is deleted with the data', async () => {
  const account = await serverAccount();
  if (!account) return assert.is(await databaseFolder(above, account), join(above, 'postgres'));
  await chmod(above, 0o700);
  const folder = await databaseFolder(above, account);
  assert.match(folder, /^\/var\/lib\/quartermaster\/\w+$/);
  assert.is(await databaseFolder(above, account), folder);
  await deleteData(above);
  await assertGone(folder);
  above = await mkdtemp(join(tmpdir(), 'quartermaster-postgres-'));
});

async function assertGone(path: string): Promise<void> {
  assert.match(String(await failureOf(chmod(path, 0o700))), 'ENOENT');
}

database.run();
