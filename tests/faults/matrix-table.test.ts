import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { kinds, nameOf } from './matrix/cell.js';
import { blocks, told } from './matrix/matrix.js';
import { report, reportFile, rows } from './matrix/report.js';

const table = suite('[WFL-06] the fault matrix');
const places = [...blocks.flatMap(({ places }) => places), ...told];

table('names each of its cells once', () => {
  const names = places.map(nameOf);
  assert.equal(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  );
});

table('refers to tests that exist', () => {
  const missing = told.filter((cell) => {
    return 'shownBy' in cell && !readFileSync(cell.shownBy.file, 'utf8').includes(cell.shownBy.test);
  });
  assert.equal(missing.map(nameOf), []);
});

for (const kind of kinds) {
  table(`has no ${kind} cell that was never run, or failed`, () => {
    const empty = rows().filter(({ how, outcome }) => how === kind && outcome === '');
    assert.equal(empty.map(nameOf), [], `npm run faults -- --kind ${kind} --only …`);
  });
}

table('is what docs/fault-matrix.md shows', () => {
  assert.is(readFileSync(reportFile, 'utf8'), report(), 'npm run faults -- --report');
});

table.run();
