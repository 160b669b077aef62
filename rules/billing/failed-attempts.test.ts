import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type DeclinedAttempt, failuresOf } from './failed-attempts.js';

const failures = suite('[BIL-05] failed attempts');

function at(day: number, onSession: boolean): DeclinedAttempt {
  return { onSession, settledAt: new Date(Date.UTC(2027, 0, day)), declineKind: 'soft' };
}

failures('are none before the first', () => {
  assert.is(failuresOf([]), null);
});

failures('count the tries by ourselves after the first', () => {
  const { firstFailedAt, retries } = failuresOf([at(1, false), at(2, false), at(4, false)]) ?? {};
  assert.equal([firstFailedAt, retries], ['2027-01-01T00:00:00.000Z', 2]);
});

failures('begin anew when the customer tries themselves', () => {
  const { firstFailedAt, retries } = failuresOf([at(1, true), at(2, false), at(5, true), at(6, false)]) ?? {};
  assert.equal([firstFailedAt, retries], ['2027-01-05T00:00:00.000Z', 1]);
});

failures.run();
