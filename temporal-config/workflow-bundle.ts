import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { bundleWorkflowCode, type Logger } from '@temporalio/worker';
import { keptBundle } from './bundle-cache.js';

const root = join(import.meta.dirname, '..');
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
const workflowsPath = join(root, `workflows/index${extension}`);
/** What is done for every workflow, so that none has to think of it. */
const workflowInterceptorModules = ['summaries', 'holds'].map((file) =>
  join(root, `workflows/durable/${file}${extension}`),
);
const failureConverterPath = join(root, `temporal-config/failure-converter${extension}`);

/** Every workflow in one text; bundling takes seconds, so what was bundled from the same sources before is taken again. */
export async function workflowBundle(logger: Logger, cache = process.env.QM_BUNDLE_CACHE): Promise<{ code: string }> {
  const options = { workflowsPath, workflowInterceptorModules, failureConverterPath, logger };
  if (!cache) return bundleWorkflowCode(options);
  const kept = keptBundle(cache);
  if (kept.there) return { code: await readFile(kept.path, 'utf8') };
  const bundle = await bundleWorkflowCode(options);
  await keep(kept.path, bundle.code);
  return bundle;
}

/** Written aside first: another process may be about to read it. */
async function keep(path: string, code: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.${process.pid}`, code);
  await rename(`${path}.${process.pid}`, path);
}
