import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { csvLine } from './csv.js';

const csv = suite('CSV');

csv('quotes what would end a cell', () => {
  assert.is(csvLine(['plain', 'a, b', 'say "so"', 'two\nlines']), 'plain,"a, b","say ""so""","two\nlines"\r\n');
});

csv('writes instants in UTC and nothing as nothing', () => {
  assert.is(csvLine([new Date('2027-03-11T10:00Z'), null, undefined, '']), '2027-03-11T10:00:00.000Z,,,\r\n');
});

for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\tcmd', '\rcmd']) {
  csv(`never lets a spreadsheet run ${JSON.stringify(formula)}`, () => {
    assert.match(csvLine([formula]), /^"?'/);
  });
}

csv('leaves amounts to be added up', () => {
  assert.is(csvLine([-12.5, 0]), '-12.5,0\r\n');
});

csv.run();
