import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { waitAtStop } from './stops.js';

const stops = suite('[WFL-06] a process at a stop');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const cases: readonly [heldFor: number, wait: number][] = [
  [-3_000, 5 * MINUTE], // the clock went back a little
  [0, 5 * MINUTE],
  [5 * MINUTE, 5 * MINUTE],
  [10 * MINUTE, 10 * MINUTE],
  [7 * HOUR, 7 * HOUR],
  [DAY, DAY],
  [30 * DAY, DAY],
];
for (const [heldFor, wait] of cases) {
  stops(`held for ${heldFor / MINUTE} minutes asks again in ${wait / MINUTE}`, () => {
    assert.is(waitAtStop(heldFor), wait);
  });
}

stops('asks some forty times in a month', () => {
  let asked = 0;
  for (let held = 0; held < 30 * DAY; held += waitAtStop(held)) asked++;
  assert.is(asked, 39);
});

stops.run();
