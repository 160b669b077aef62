import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const gate = suite('[OPS] what docs/security.md says is tried');
const text = readFileSync('docs/security.md', 'utf8');
const rows = [...text.matchAll(/^\| (S\d+|–) \| (.+) \| (.+) \|$/gm)].map(([, point = '', , by = '']) => {
  return { point, files: [...by.matchAll(/`([^`]+\.test\.ts)`/g)].map(([, file = '']) => file) };
});

gate('is tried: each point names files that are there and hold tests that run', () => {
  assert.ok(rows.length >= 15, `${rows.length} points`);
  assert.equal(
    rows.filter(({ files }) => files.length === 0),
    [],
  );
  const silent = rows
    .flatMap(({ files }) => files)
    .filter(
      (file) =>
        !existsSync(file) ||
        !/\bsuite(Unless)?\(/.test(readFileSync(file, 'utf8')) ||
        !/\.run\(\);/.test(readFileSync(file, 'utf8')),
    );
  assert.equal(silent, []);
});

gate('names each point once, and every test of the gate under one', () => {
  const points = rows.map(({ point }) => point).filter((point) => point !== '–');
  assert.is(new Set(points).size, points.length);
  const named = rows.flatMap(({ files }) => files);
  const own = readdirSync('tests/gate').filter((file) => file.endsWith('.test.ts') && file !== 'list.test.ts');
  assert.equal(
    own.filter((file) => !named.includes(`tests/gate/${file}`)),
    [],
  );
});

gate('says of every other point from S1 to S19 why it is not', () => {
  const missing = Array.from({ length: 19 }, (_, index) => `S${index + 1}`).filter(
    (point) => !rows.some((row) => row.point === point),
  );
  const without = text.slice(text.indexOf('Points without a subject'), text.indexOf('Not defended against'));
  assert.equal(
    missing.filter((point) => !new RegExp(`\\(${point}\\b`).test(without)),
    [],
  );
});

gate('every file that it names anywhere is there', () => {
  const named = [...text.matchAll(/`((?:tests|api|dev|gateways|models|workflows)\/[\w./-]+\.ts)`/g)].map(
    ([, file = '']) => file,
  );
  assert.equal(
    named.filter((file) => !existsSync(file)),
    [],
  );
});

gate.run();
