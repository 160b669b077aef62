import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** All that a workflow is made of: more than these it may not import, and packages are told by the lock file. */
const sources = ['workflows', 'rules', 'temporal-config'];

/** Where the bundle of the present sources is kept, once it was made. */
export function keptBundle(cache: string): { path: string; there: boolean } {
  const path = join(cache, `workflows-${fingerprint()}.js`);
  return { path, there: existsSync(path) };
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = sources.flatMap((room) => {
    const inside = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' });
    return inside.filter((file) => /\.[jt]s$/.test(file) && !file.includes('.test.')).map((file) => join(room, file));
  });
  for (const file of [...files.sort(), 'package-lock.json']) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 32);
}
