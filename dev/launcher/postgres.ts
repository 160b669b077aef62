import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { commandOf, isAlive } from './leftovers.js';
import { type PostgresPrograms, postgresPrograms } from './postgres-programs.js';
import { type Account, serverAccount } from './unprivileged.js';

export interface PostgresOptions {
  /** Made at the first start. Under root every folder above must be open to others. */
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  readonly settings?: readonly string[];
  /** File descriptor that takes what the server says. */
  readonly log: number | 'ignore';
}

export interface PostgresServer {
  readonly child: ChildProcess;
  /** Address of one of its databases. */
  url(database: string): string;
  stop(): Promise<void>;
}

const PATIENCE_MS = 60_000;
const local = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'logging_collector=off'];

/** PostgreSQL in a folder, on this machine alone. Whoever was left over in the folder is stopped first. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { folder, port, password, settings = [], log } = options;
  const [programs, account] = await Promise.all([postgresPrograms(), serverAccount()]);
  await stopLeftover(folder);
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(programs, account, options);

  const flags = [...local, ...settings].flatMap((setting) => ['-c', setting]);
  const child = spawn(programs.postgres, ['-D', folder, '-p', String(port), ...flags], {
    ...account,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    stdio: ['ignore', log, log],
    detached: true, // a Ctrl-C in the terminal is for the launcher alone, which stops parts in their order
  });
  const url = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  await untilItAnswers(child, url('postgres'));
  return { child, url, stop: () => stop(child) };
}

async function initialise(
  { initdb }: PostgresPrograms,
  account: Account | undefined,
  { folder, password }: PostgresOptions,
): Promise<void> {
  await rm(folder, { recursive: true, force: true }); // what an interrupted first start left
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const secret = `${folder}.password`;
  await writeFile(secret, password, { mode: 0o600 });
  if (account) for (const path of [folder, secret]) await chown(path, account.uid, account.gid);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const flags = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${secret}`, '--no-sync', ...locale];
  try {
    await promisify(execFile)(initdb, ['-D', folder, ...flags], { ...account, cwd: '/', env: { LC_ALL: 'C' } });
  } finally {
    await rm(secret, { force: true });
  }
}

async function untilItAnswers(child: ChildProcess, url: string): Promise<void> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  child.once('exit', (code, signal) => {
    failure ??= new Error(`PostgreSQL ended at its start (${signal ?? code})`);
  });
  for (const giveUpAt = Date.now() + PATIENCE_MS; Date.now() < giveUpAt; await pause(40)) {
    if (failure) throw failure;
    if (await answers(url)) return;
  }
  await stop(child);
  throw new Error('PostgreSQL does not answer');
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Fast shutdown: sessions are cut, everything committed is kept. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  await gone;
}

/** A server outlives a launcher that was killed; its lock file tells who it is. Another program under that id is left alone. */
async function stopLeftover(folder: string): Promise<void> {
  const lock = join(folder, 'postmaster.pid');
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n', 1)[0]);
  if (!pid) return;
  if (!commandOf(pid).includes(folder)) return rm(lock, { force: true });
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await pause(50);
}
