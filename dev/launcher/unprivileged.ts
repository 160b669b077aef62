import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isRoot } from './cache.js';

const run = promisify(execFile);

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: whom it runs as instead, made if the system has nobody fitting; else ourselves. */
export async function serverAccount(): Promise<Account | undefined> {
  if (!isRoot) return undefined;
  return (await accountOf('postgres')) ?? (await accountOf('quartermaster')) ?? (await createAccount('quartermaster'));
}

async function accountOf(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function createAccount(name: string): Promise<Account> {
  const options = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent'];
  await run('useradd', [...options, '--shell', '/usr/sbin/nologin', name]);
  const created = await accountOf(name);
  if (!created) throw new Error(`the user ${name} was made but is not there`);
  return created;
}
