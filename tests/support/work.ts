import { register } from 'node:module';
import { resolve } from 'node:path';
import { inspect } from 'node:util';
import { END_OF_FILE, type FileResult } from './results.js';

/** uvu's queue, as its own command line uses it: a suite that is run puts itself in. */
type Run = () => Promise<[errors: string | true, passed: number, skipped: number, total: number]>;
const uvu = globalThis as typeof globalThis & { UVU_DEFER: number; UVU_INDEX: number; UVU_QUEUE: Run[][] };
uvu.UVU_DEFER = 1;

const suites = new URL('./suites.ts', import.meta.url).href;
const hooks = `export async function resolve(specifier, context, next) {
  const ours = specifier === 'uvu' && context.parentURL !== '${suites}' && !context.parentURL?.includes('/node_modules/');
  return next(ours ? '${suites}' : specifier, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
const { failedHooks, underWay } = await import('./suites.js');

process.stderr.write = process.stdout.write.bind(process.stdout) as typeof process.stderr.write; // one stream, in order
process.on('message', async (file: string) => {
  const result = await runFile(file);
  process.stdout.write(`${END_OF_FILE}${JSON.stringify(result)}\n`);
});
process.on('disconnect', () => process.exit(0));
process.on('SIGUSR2', () =>
  console.log(`\nunder way: ${underWay()}; open: ${process.getActiveResourcesInfo().join(', ')}`),
);

/** All suites of one file, one after another. What uvu leaves out (a failed hook, a suite never run) is said here. */
async function runFile(file: string): Promise<FileResult> {
  const result: FileResult = { file, passed: 0, failed: 0, skipped: 0 };
  const fail = (what: string, error?: unknown) => {
    result.failed++;
    console.log(`  FAIL  ${what}${error === undefined ? '' : `\n${inspect(error)}`}`);
  };
  uvu.UVU_INDEX = 0;
  uvu.UVU_QUEUE = [[]];
  try {
    await import(resolve(file));
  } catch (error) {
    fail(`${file} cannot be loaded`, error);
  }
  for (const run of uvu.UVU_QUEUE[0] ?? []) {
    try {
      const [errors, passed, skipped, total] = await run();
      if (errors !== true) console.log(`\n${errors}`);
      result.passed += passed;
      result.failed += total - passed;
      result.skipped += skipped;
    } catch (error) {
      if (failedHooks.length === 0) fail('a suite could not be run', error);
    }
  }
  for (const { suite, error } of failedHooks.splice(0)) fail(`a hook of “${suite}”`, error);
  if (result.passed + result.failed + result.skipped === 0) fail(`${file}: not one test ran`);
  return result;
}
