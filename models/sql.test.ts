import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { allOf, anyOf, asWritten, columnsOf, listOf, type Sql, sql, whole } from './sql.js';

const written = suite('[UX-03] statements put together');

const hostile = `'; DROP TABLE invoices; --`;
const cases: readonly (readonly [what: string, piece: Sql, text: string, values: readonly unknown[]])[] = [
  ['hand what comes in over as a value', sql`number = ${hostile}`, 'number = ?', [hostile]],
  [
    'put pieces in with their values in order',
    sql`a = ${1} AND ${sql`b = ${2}`} AND c = ${3}`,
    'a = ? AND b = ? AND c = ?',
    [1, 2, 3],
  ],
  [
    'leave out conditions that nobody asked for',
    allOf([sql`a`, false, undefined, '', sql`b = ${2}`]),
    'a AND b = ?',
    [2],
  ],
  ['find all where no condition is asked for', allOf([]), 'true', []],
  ['find nothing where none of no conditions holds', anyOf([]), 'false', []],
  ['take either of some', anyOf([sql`a = ${1}`, sql`b = ${2}`]), 'a = ? OR b = ?', [1, 2]],
  ['list pieces', listOf([sql`a`, asWritten('b')]), 'a, b', []],
  [
    'call columns as the code does',
    columnsOf('invoices', 'id', 'dueOn'),
    'invoices.id AS "id", invoices.due_on AS "dueOn"',
    [],
  ],
  ['write whole numbers out', sql`LIMIT ${whole(10)}`, 'LIMIT 10', []],
];
for (const [what, piece, text, values] of cases) {
  written(what, () => {
    assert.is(piece.text, text);
    assert.equal(piece.values, values);
  });
}

written('write no other number out', () => {
  for (const count of [1.5, Number.NaN, Number.POSITIVE_INFINITY, '1; --' as unknown as number])
    assert.throws(() => whole(count), /no whole number/);
});

written.run();
