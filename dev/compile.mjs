// Writes TypeScript down as JavaScript: `node dev/compile.mjs FOLDER`, with the files' names on its input. A file still
// knows itself by where its source stands, from where it finds what is beside it.

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const { transform } = createRequire(createRequire(import.meta.url).resolve('tsx/package.json'))('esbuild'); // as typescript.mjs does
const DAY_MS = 86_400_000;
const [tree = ''] = process.argv.slice(2);
const files = readFileSync(0, 'utf8').split('\n');
const draft = `${tree}.${process.pid}`;

try {
  mkdirSync(draft, { recursive: true });
  await Promise.all(files.map(compile));
  writeFileSync(join(draft, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(draft, 'whole'), '');
  try {
    renameSync(draft, tree); // whole or not at all
  } catch {
    rmSync(draft, { recursive: true }); // another process was quicker
  }
  forgetOld();
} catch (error) {
  if (!['EACCES', 'EROFS', 'EPERM'].includes(error.code)) console.error(error);
  process.exit(1);
}

async function compile(file) {
  const source = resolve(file);
  const target = join(draft, file.replace(/\.ts$/, '.js'));
  const { code, map } = await transform(readFileSync(source, 'utf8'), {
    loader: 'ts',
    format: 'esm',
    target: `node${process.versions.node}`,
    sourcemap: 'external',
    sourcesContent: false,
    sourcefile: source,
    define: {
      'import.meta.url': JSON.stringify(pathToFileURL(source).href),
      'import.meta.dirname': JSON.stringify(dirname(source)),
      'import.meta.filename': JSON.stringify(source),
    },
  });
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
  writeFileSync(`${target}.map`, map);
}

/** What was written down for sources of another day; a process that still runs from them has read them. */
function forgetOld() {
  const folder = dirname(tree);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name !== basename(tree) && Date.now() - statSync(path).mtimeMs > DAY_MS)
      rmSync(path, { recursive: true, force: true });
  }
}
