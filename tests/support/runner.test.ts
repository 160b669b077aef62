import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { skipsToldIn, total } from './results.js';
import { startTestProcess, type TestProcess } from './test-process.js';

const runner = suite('test runner');
const skipping = JSON.stringify(new URL('./skipping.ts', import.meta.url).href);
const begin = `import { suite } from 'uvu'; const tests = suite('s');`;
let folder: string;
let worker: TestProcess;

runner.before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quartermaster-runner-'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  worker = startTestProcess(process.env);
});
runner.after(async () => {
  worker.stop();
  await rm(folder, { recursive: true });
});

let written = 0;
async function resultOf(text: string, limitMs = 30_000) {
  const file = join(folder, `${++written}.test.ts`);
  await writeFile(file, text);
  const { output, result } = await worker.run(file, limitMs);
  return { output, counts: [result.passed, result.failed, result.skipped] };
}

runner('counts what passed and what failed', async () => {
  const both = `${begin} tests('a', () => {}); tests('b', () => { throw new Error('wrong'); }); tests.run();`;
  const { output, counts } = await resultOf(both);
  assert.equal(counts, [1, 1, 0]);
  assert.match(output, 'wrong');
});

runner('is red for a suite that was never run', async () => {
  assert.equal((await resultOf(`${begin} tests('a', () => {});`)).counts, [0, 1, 0]);
});

runner('is red for a `before` that fails, and says what it failed with', async () => {
  const failing = `tests.before(() => { throw new Error('no database'); }); tests('a', () => {}); tests.run();`;
  const { output, counts } = await resultOf(begin + failing);
  assert.is(counts[0], 0);
  assert.ok((counts[1] ?? 0) > 0);
  assert.match(output, 'no database');
});

runner('is red for an `after` that fails', async () => {
  const failing = `tests.after(async () => { throw new Error('still open'); }); tests('a', () => {}); tests.run();`;
  const { output, counts } = await resultOf(begin + failing);
  assert.is(counts[1], 1);
  assert.match(output, 'still open');
});

runner('is red for a file that cannot be loaded', async () => {
  assert.equal((await resultOf(`import './nowhere.js';`)).counts, [0, 1, 0]);
});

runner('is red for a file that ends the process, and goes on with the next', async () => {
  assert.equal((await resultOf(`${begin} tests('a', () => process.exit(0)); tests.run();`)).counts, [0, 1, 0]);
  assert.equal((await resultOf(`${begin} tests('a', () => {}); tests.run();`)).counts, [1, 0, 0]);
});

runner('does not wait for ever, and says for what it waited', async () => {
  const endless = `${begin} tests('a', () => new Promise(() => setInterval(() => {}, 1000))); tests.run();`;
  const { output, counts } = await resultOf(endless, 3_000);
  assert.equal(counts, [0, 1, 0]);
  assert.match(output, 'under way: s: a; open: ');
  assert.match(output, 'not done after');
});

runner('leaves out a suite that lacks something, without its hooks, and names the reason of each test', async () => {
  const lacking = `import { suiteUnless } from ${skipping}; const tests = suiteUnless('no browser', 'pages');
    tests.before(() => { throw new Error('not to be run'); }); tests('look right', () => {}); tests.run();`;
  const { output, counts } = await resultOf(lacking);
  assert.equal(counts, [0, 0, 1]);
  assert.equal(skipsToldIn(output), ['pages: look right: no browser']);
});

runner('takes no tests at all, and a skip without a reason, for failures', () => {
  assert.equal(total([], 0), { passed: 0, failed: 1, skipped: 0 });
  const file = { file: 'a.test.ts', passed: 1, failed: 0, skipped: 2 };
  assert.equal(total([file], 1), { passed: 1, failed: 1, skipped: 1 });
});

runner.run();
