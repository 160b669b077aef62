import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nextRetryAt, usualRetries } from './retry-schedule.js';

const retries = suite('[BIL-05] [WFL-06] retry schedule');
const firstFailedAt = '2027-03-01T09:00:00.000Z';

const days = [
  [0, '2027-03-02T09:00:00.000Z'],
  [1, '2027-03-04T09:00:00.000Z'],
  [2, '2027-03-06T09:00:00.000Z'],
  [3, '2027-03-09T09:00:00.000Z'],
  [4, '2027-03-14T09:00:00.000Z'],
  [5, undefined],
] as const;

for (const [count, at] of days) {
  retries(`after ${count} retries a soft decline is tried again at ${at ?? 'no time'}`, () => {
    assert.is(nextRetryAt(usualRetries, { firstFailedAt, retries: count, lastDecline: 'soft' }), at);
  });
}

retries('a hard decline waits for another card', () => {
  assert.is(nextRetryAt(usualRetries, { firstFailedAt, retries: 0, lastDecline: 'hard' }), undefined);
});

retries('a bank that asks for its customer is answered by the customer', () => {
  assert.is(
    nextRetryAt(usualRetries, { firstFailedAt, retries: 0, lastDecline: 'authentication_required' }),
    undefined,
  );
});

retries.run();
