import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, type Logger } from '@temporalio/worker';

const root = join(import.meta.dirname, '..');
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
const workflowsPath = join(root, `workflows/index${extension}`);
const failureConverterPath = join(root, `temporal-config/failure-converter${extension}`);
/** All that a workflow is made of: more than these it may not import, and packages are told by the lock file. */
const sources = ['workflows', 'rules', 'temporal-config'];

/** Every workflow in one text; bundling takes seconds, so what was bundled from the same sources before is taken again. */
export async function workflowBundle(logger: Logger, cache = process.env.QM_BUNDLE_CACHE): Promise<{ code: string }> {
  if (!cache) return bundleWorkflowCode({ workflowsPath, failureConverterPath, logger });
  const kept = join(cache, `workflows-${fingerprint()}.js`);
  const code = await readFile(kept, 'utf8').catch(() => undefined);
  if (code !== undefined) return { code };
  const bundle = await bundleWorkflowCode({ workflowsPath, failureConverterPath, logger });
  await keep(kept, bundle.code);
  return bundle;
}

/** Written aside first: another process may be about to read it. */
async function keep(path: string, code: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(`${path}.${process.pid}`, code);
  await rename(`${path}.${process.pid}`, path);
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = sources.flatMap((room) => {
    const inside = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' });
    return inside
      .filter((file) => file.endsWith(extension) && !file.includes('.test.'))
      .map((file) => join(room, file));
  });
  for (const file of [...files.sort(), 'package-lock.json']) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex').slice(0, 32);
}
