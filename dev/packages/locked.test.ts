import { existsSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { knownHoles } from './known-holes.js';
import { compared, findingsIn, type Lock } from './locked.js';

const packages = suite('[OPS] [S19] packages and their known holes');
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;

const orders: readonly (readonly [string, string, number])[] = [
  ['1.2.3', '1.2.3', 0],
  ['1.2.3', '1.2.4', -1],
  ['1.10.0', '1.9.9', 1],
  ['2.0.0', '1.99.99', 1],
  ['18.4.0-beta.17', '18.4.0', 0],
  ['0.1.13', '0.1.9', 1],
];
for (const [one, other, order] of orders) {
  packages(`${one} is ${['older than', 'as new as', 'newer than'][order + 1]} ${other}`, () => {
    assert.is(Math.sign(compared(one, other)), order);
  });
}

const hole = { name: 'leak', mendedIn: '2.0.0', id: 'CVE-1' };
const locked = (...copies: string[]): Lock => ({
  packages: Object.fromEntries(copies.map((path) => [path, { version: '1.9.0' }])),
});

packages('a copy is found wherever it lies, and only where it is excused it may stay', () => {
  const paths = locked('node_modules/leak', 'node_modules/host/node_modules/leak', 'node_modules/leaky', '');
  const excused = { within: 'host', because: 'it reads nothing', on: '2026-11-25' };
  const { open, excused: stays } = findingsIn(paths, [{ ...hole, excused }]);
  assert.equal([open.map(({ copy }) => copy), stays.map(({ copy }) => copy)], [['leak'], ['host/leak']]);
  assert.is(findingsIn(paths, [hole]).open.length, 2);
  assert.is(findingsIn(paths, [{ ...hole, since: '1.9.1' }]).open.length, 0);
});

packages('none of those installed has one that is not excused', () => {
  assert.equal(findingsIn(lock, knownHoles).open, []);
});

packages('every hole that is written down is of a package that is there, and every excuse is needed', () => {
  const { excused } = findingsIn(lock, knownHoles);
  const names = Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1));
  assert.equal(
    knownHoles.filter(({ name }) => !names.includes(name)),
    [],
  );
  assert.equal(
    knownHoles.filter((each) => each.excused && !excused.some((finding) => finding.hole === each)),
    [],
  );
});

packages('each direct package is pinned, and the lock holds that version', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const wrong = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version,
  );
  assert.equal(wrong, []);
  assert.ok(existsSync('package-lock.json'));
});

packages.run();
