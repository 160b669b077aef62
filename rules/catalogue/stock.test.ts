import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Availability, availabilityOf, machinesWith, stockLevel } from './stock.js';

const stock = suite('[CAT-01] stock');

const build = (machines: number, ...choiceIds: string[]) => ({ productId: 'm4', choiceIds, machines });
const builds = [build(2, '64', 'small'), build(1, '128', 'small'), build(3, '128', 'large')];

const table: [choice: string, others: string[], expected: Availability][] = [
  ['64', [], 'in_stock'],
  ['64', ['small'], 'in_stock'],
  ['64', ['large'], 'elsewhere'],
  ['large', ['64'], 'elsewhere'],
  ['large', ['128'], 'in_stock'],
  ['192', [], 'sold_out'],
  ['192', ['small'], 'sold_out'],
];

for (const [choice, others, expected] of table) {
  stock(`${choice} with ${others.join() || 'anything'} is ${expected}`, () => {
    assert.is(availabilityOf(builds, choice, others), expected);
  });
}

stock('counts machines that have all that is asked for, and those that have more', () => {
  assert.is(machinesWith(builds, []), 6);
  assert.is(machinesWith(builds, ['128']), 4);
  assert.is(machinesWith(builds, ['128', 'large']), 3);
  assert.is(machinesWith([], ['128']), 0);
});

stock('is called few before it ends', () => {
  assert.equal([0, 1, 3, 4, 14].map(stockLevel), ['sold_out', 'few', 'few', 'ready', 'ready']);
});

stock.run();
