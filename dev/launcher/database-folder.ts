import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, realpath, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Account } from './unprivileged.js';

const outside = '/var/lib/quartermaster';

/**
 * Where the database's files lie: in the data folder; or, where the account that runs the server could not get through to
 * there (a root's home is closed), outside, with a link in the data folder that says where.
 */
export async function databaseFolder(data: string, account: Account | undefined): Promise<string> {
  const inside = join(data, 'postgres');
  if (await lstat(inside).catch(() => undefined)) return realpath(inside);
  if (!account || (await isOpenToOthers(data))) return inside;
  const name = createHash('sha256').update(data).digest('hex').slice(0, 12);
  const folder = join(outside, name);
  await mkdir(outside, { recursive: true, mode: 0o711 });
  await rm(folder, { recursive: true, force: true }); // of a data folder that was deleted by hand
  await mkdir(folder, { mode: 0o700 });
  await chown(folder, account.uid, account.gid);
  await symlink(folder, inside);
  return folder;
}

/** Follows the link, so that nothing is left behind outside. */
export async function deleteData(data: string): Promise<void> {
  const database = await realpath(join(data, 'postgres')).catch(() => undefined);
  if (database?.startsWith(`${outside}/`)) await rm(database, { recursive: true });
  await rm(data, { recursive: true, force: true });
}

async function isOpenToOthers(path: string): Promise<boolean> {
  const { mode } = await stat(path);
  if (!(mode & 0o001)) return false;
  return dirname(path) === path || isOpenToOthers(dirname(path));
}
