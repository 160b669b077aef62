import { chmod, lstat, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const isRoot = process.getuid?.() === 0;

/**
 * A folder for what is too large to fetch twice. Root's stands outside its closed home, since programs are run from there
 * as other users; nobody but its owner may plant a program in it.
 */
export async function cacheFolder(name: string): Promise<string> {
  const base = process.env.QM_CACHE || (isRoot ? '/var/cache/quartermaster' : join(usersCache(), 'quartermaster'));
  const folder = join(base, name);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  for (const path of [base, folder]) await insistOnOwning(path);
  return folder;
}

function usersCache(): string {
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
}

async function insistOnOwning(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const { uid, mode } = await lstat(path);
  if (uid !== process.getuid?.())
    throw new Error(`${path} belongs to another user: set QM_CACHE to a folder of your own`);
  if (mode & 0o022) await chmod(path, mode & 0o755);
}
