import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isRoot } from '../../dev/launcher/cache.js';
import { isAlive } from '../../dev/launcher/leftovers.js';
import { until } from './launched-shop.js';

const wills = suite('last will');
const SOON_MS = 30_000;
const mayMount = isRoot && process.platform === 'linux';

interface Heir {
  readonly testator: ChildProcess;
  readonly pid: number;
  readonly folder: string;
}

/** A process that started one which would go on for ever, and made a folder; `after` is what it does then. */
async function leaving(after: string): Promise<Heir> {
  const folder = await mkdtemp(join(tmpdir(), 'quartermaster-will-'));
  const program = `import { spawn } from 'node:child_process';
    import { bequeath } from ${JSON.stringify(join(import.meta.dirname, 'last-will.ts'))};
    const heir = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
    const revoke = bequeath({ pid: heir.pid, folder: ${JSON.stringify(folder)} });
    console.log(heir.pid); ${after}`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', program];
  const testator = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [pid] = await once(testator.stdout, 'data');
  return { testator, pid: Number(String(pid)), folder };
}

wills('is carried out for a process that was killed', async () => {
  const { testator, pid, folder } = await leaving('setInterval(() => {}, 1000);');
  assert.ok(isAlive(pid) && existsSync(folder));
  testator.kill('SIGKILL');
  await until(() => !isAlive(pid) && !existsSync(folder), SOON_MS);
});

wills('keeps nobody from ending, and is carried out then', async () => {
  const { testator, pid, folder } = await leaving('heir.unref();');
  if (testator.exitCode === null) await once(testator, 'exit');
  assert.is(testator.exitCode, 0);
  await until(() => !isAlive(pid) && !existsSync(folder), SOON_MS);
});

wills('touches nothing that was taken out of it', async () => {
  const kept = await leaving('revoke(); setInterval(() => {}, 1000);');
  const left = await leaving('setInterval(() => {}, 1000);');
  for (const { testator } of [kept, left]) testator.kill('SIGKILL');
  await until(() => !isAlive(left.pid), SOON_MS);
  assert.ok(isAlive(kept.pid) && existsSync(kept.folder));
  process.kill(kept.pid, 'SIGKILL');
  await rm(kept.folder, { recursive: true });
});

wills('takes a small file system off the tree', async () => {
  if (!mayMount) return;
  const place = await mkdtemp(join(tmpdir(), 'quartermaster-will-'));
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place]);
  const isMounted = () => readFileSync('/proc/mounts', 'utf8').includes(place);
  assert.ok(isMounted());
  await leaving(`bequeath({ folder: ${JSON.stringify(place)}, mounted: true });
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 500);`);
  await until(() => !isMounted() && !existsSync(place), SOON_MS);
});

wills.run();
