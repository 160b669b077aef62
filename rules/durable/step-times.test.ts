import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { usualSeconds } from '../servers/provisioning-steps.js';
import { stepTimes } from './step-times.js';

const times = suite('[STF-07] usual times of steps');

for (const [seconds, median, ninth] of [
  [[7], 7, 7],
  [[9, 1], 1, 9],
  [[3, 1, 2], 2, 3],
  [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 5, 9],
  [[1, 1, 1, 1, 1, 1, 1, 1, 1, 900], 1, 1],
  [[1, 1, 1, 1, 1, 1, 1, 1, 900, 900], 1, 900],
] as const) {
  times(`${seconds.join(' ')}: half within ${median}, nine in ten within ${ninth}`, () => {
    assert.equal(stepTimes(seconds), { runs: seconds.length, medianSeconds: median, ninthSeconds: ninth });
    assert.is(usualSeconds(seconds), median); // what the progress panel says is usual
  });
}

times('a step that was never done has none', () => assert.is(stepTimes([]), undefined));

times.run();
