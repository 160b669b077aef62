import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const compiled = suite('processes run from what was compiled');
let root: string;

compiled.before.each(() => {
  root = mkdtempSync(join(tmpdir(), 'quartermaster-compiled-'));
});
compiled.after.each(() => rmSync(root, { recursive: true }));

const source = `interface Gone {
  readonly from: 'here';
}

export const here: string = import.meta.dirname;
export function fail(): Gone {
  throw new TypeError('on purpose');
}
`;

/** What Node prints of a module of it, compiled into `tree`. */
function printed(tree: string, script: string): string {
  mkdirSync(join(root, 'rules'));
  writeFileSync(join(root, 'rules/failing.ts'), source);
  const made = spawnSync(process.execPath, [resolve('dev/compile.mjs'), tree], {
    cwd: root,
    input: 'rules/failing.ts',
  });
  assert.is(made.status, 0, String(made.stderr));
  const begin = `import { tellSources } from '${resolve('dev/stack-lines.mjs')}';
    tellSources('${tree}', '${root}');
    const { here, fail } = await import('${join(tree, 'rules/failing.js')}');`;
  return String(spawnSync(process.execPath, ['--input-type=module', '-e', begin + script]).stdout);
}

compiled('a stack names the lines of the source', () => {
  const stack = printed(join(root, 'tree'), 'try { fail() } catch (error) { console.log(error.stack) }');
  assert.match(stack, /^TypeError: on purpose\n {4}at /);
  assert.match(stack, `at fail (${root}/rules/failing.ts:7:9)`);
});

compiled('a file knows itself by where its source stands', () => {
  assert.is(printed(join(root, 'tree'), 'console.log(here)').trim(), join(root, 'rules'));
});

compiled.run();
