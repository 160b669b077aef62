import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { isRoot } from './cache.js';
import type { Options } from './options.js';

const folders = ['logs', 'running', 'temporal', 'payments', 'mail', 'machines', 'switches'];
/** Written by the seed; the machines' passwords stand in them. */
const lists = ['machines.json', 'switches.json', 'metal.json'];

/** Root's may be crossed, not read: the database's own account must get to its folder. */
export function makeDataFolder(data: string): void {
  mkdirSync(data, { recursive: true });
  chmodSync(data, isRoot ? 0o711 : 0o700);
  for (const folder of folders) mkdirSync(join(data, folder), { recursive: true, mode: 0o700 });
}

export function closeLists(data: string): void {
  for (const list of lists) if (existsSync(join(data, list))) chmodSync(join(data, list), 0o600);
}

/** Asks before everything is lost; refuses a folder that was never ours. */
export async function mayDelete({ data, yes }: Options): Promise<boolean> {
  if (!existsSync(data) || readdirSync(data).length === 0) return true;
  if (!existsSync(join(data, 'secrets.json'))) {
    console.error(`${data} is not the data folder of a shop.`);
    return false;
  }
  if (yes) return true;
  if (!process.stdin.isTTY) {
    console.error('Nobody is there to ask whether the data may go: --fresh needs --yes here.');
    return false;
  }
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question(`Delete ${data} with every order, invoice and sign-in in it? [y/N] `);
  asking.close();
  return /^y(es)?$/i.test(answer.trim());
}
