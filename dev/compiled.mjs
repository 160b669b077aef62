// Runs one of the product's processes: `node dev/compiled.mjs api/server.ts …`. Its TypeScript is written down as
// JavaScript once for the same sources, and Node reads that alone: hooks that compile while it runs (dev/typescript.mjs)
// would cost each process 50 MB for as long as it lives.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tellSources } from './stack-lines.mjs';

const root = join(import.meta.dirname, '..');
const rooms = [
  'rules',
  'workflows',
  'models',
  'gateways',
  'activities',
  'api',
  'locales',
  'collectors',
  'temporal-config',
];
const kept = join(root, 'node_modules/.cache/quartermaster');

const sources = ['config.ts', ...rooms.flatMap(inside)].sort();
const tree = join(kept, fingerprint());
const wanted = resolve(process.argv[2] ?? '');
if (existsSync(join(tree, 'whole')) || written()) {
  tellSources(tree, root);
  const require = createRequire(import.meta.url);
  // A few files are asked for by their path, as Temporal's failure converter.
  Module._extensions['.ts'] = (module, file) => {
    module.exports = require(compiledOf(file));
  };
  process.argv.splice(1, 1);
  await import(pathToFileURL(compiledOf(wanted)).href);
} else await import('./typescript.mjs'); // where nothing may be written down

function inside(room) {
  const files = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).map((file) => join(room, file));
}

/** Files that were changed have another time; those that were taken from elsewhere, another size as well. */
function fingerprint() {
  const hash = createHash('sha256').update(root);
  for (const file of [...sources, 'dev/compile.mjs', 'package-lock.json']) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 24);
}

/** By a process of its own, whose compiler goes with it. */
function written() {
  const { status } = spawnSync(process.execPath, ['dev/compile.mjs', tree], {
    cwd: root,
    input: sources.join('\n'),
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  return status === 0;
}

function compiledOf(file) {
  return join(tree, relative(root, file).replace(/\.ts$/, '.js'));
}
