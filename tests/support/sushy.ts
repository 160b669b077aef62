import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../../dev/launcher/cache.js';
import type { BmcAccess } from '../../gateways/bmc/bmc.js';
import { freeTcpPort } from './ports.js';

const run = promisify(execFile);
const VERSION = '2.2.0';
const FETCHED_WITHIN_MS = 120_000;

/** Somebody else's Redfish service (OpenStack's sushy-tools), fetched once into the cache; or why it cannot be had. */
export async function sushyTools(): Promise<
  { path: string; missing?: undefined } | { path?: undefined; missing: string }
> {
  try {
    const cache = await cacheFolder('sushy-tools');
    const path = join(cache, VERSION);
    if (!existsSync(path)) await fetchInto(cache, path);
    return { path };
  } catch {
    return { missing: `sushy-tools ${VERSION} cannot be had from the Python package index here` };
  }
}

async function fetchInto(cache: string, path: string): Promise<void> {
  const fetching = await mkdtemp(join(cache, 'fetching-'));
  try {
    const quiet = ['--quiet', '--disable-pip-version-check', '--no-input', '--retries', '1'];
    const install = ['-m', 'pip', 'install', ...quiet, '--target', fetching, `sushy-tools==${VERSION}`];
    await run('python3', install, { timeout: FETCHED_WITHIN_MS });
    await rename(fetching, path);
  } finally {
    await rm(fetching, { recursive: true, force: true });
  }
}

/** Its hardware takes up to eleven seconds for a change, drawn at random: here the least of it. */
const program = `
import os, random, sys, bcrypt
random.randint = lambda least, most: least
digest = bcrypt.hashpw(os.environ['PASSWORD'].encode(), bcrypt.gensalt(4)).decode()
with open('users', 'w') as users: users.write('shop:' + digest + '\\n')
from sushy_tools.emulator.main import main
sys.exit(main())
`;
const SYSTEM = '27946b59-9e44-4fa7-8e91-f3527a1ef094';

/** One fake system of it, switched off. */
export async function openSushy(path: string): Promise<{ access: BmcAccess; discard(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'sushy-'));
  const port = await freeTcpPort();
  const password = 'secret of sushy';
  await writeFile(join(folder, 'sushy.conf'), `SUSHY_EMULATOR_AUTH_FILE = 'users'\nSUSHY_EMULATOR_STATE_DIR = '.'\n`);
  const listening = ['--fake', '--interface', '127.0.0.1', '--port', String(port)];
  const emulator = spawn('python3', ['-c', program, ...listening], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      PYTHONPATH: path,
      PASSWORD: password,
      SUSHY_EMULATOR_CONFIG: join(folder, 'sushy.conf'),
    },
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${port}/redfish/v1/Systems/${SYSTEM}`;
  return {
    access: { driver: 'redfish', address, username: 'shop', password },
    async discard() {
      const gone = new Promise((resolve) => emulator.once('exit', resolve));
      if (emulator.exitCode === null && emulator.kill('SIGKILL')) await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
