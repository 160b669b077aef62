import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { policyProblem } from './retry-policy.js';
import { usualRetries } from './retry-schedule.js';

const policies = suite('[BIL-06] a retry schedule that staff set');

for (const [retryDays, restDays, problem] of [
  [usualRetries.retryDays, usualRetries.restDays, undefined],
  [[2, 4, 6], 2, undefined],
  [[1, 3], 2, 'close'],
  [[3, 3], 1, 'close'],
  [[5, 3], 1, 'close'],
  [[], 1, 'days'],
  [[0, 3], 1, 'days'],
  [[1, 61], 1, 'days'],
  [[1.5], 1, 'days'],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 1, 'days'],
  [[1], 0, 'rest'],
  [[7], 8, 'rest'],
] as const) {
  policies(`[BIL-06] of ${JSON.stringify(retryDays)} with ${restDays} days of rest is ${problem ?? 'right'}`, () => {
    assert.is(policyProblem({ retryDays, restDays }), problem);
  });
}

policies.run();
