import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nextRetryAt, nextTryAt, usualRetries } from './retry-schedule.js';

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

const overdue = [
  [
    'a day after the last try where the schedule’s day is long past',
    1,
    '2027-03-20T09:00:00.000Z',
    '2027-03-21T09:00:00.000Z',
  ],
  ['on the schedule’s day where that is further off', 4, '2027-03-09T09:00:05.000Z', '2027-03-14T09:00:00.000Z'],
  ['no more where the schedule is through', 5, '2027-03-20T09:00:00.000Z', undefined],
] as const;
for (const [what, count, lastFailedAt, at] of overdue) {
  retries(`after an outage the card is tried ${what}`, () => {
    const failed = { firstFailedAt, lastFailedAt, retries: count, lastDecline: 'soft' } as const;
    assert.is(nextRetryAt(usualRetries, failed), at);
  });
}

retries('all days that an outage ate are tried a day apart, never two at once', () => {
  const tried = [Date.parse('2027-04-01T09:00:00Z')];
  for (let count = 1; ; count++) {
    const lastFailedAt = new Date(tried.at(-1) ?? 0).toISOString();
    const next = nextRetryAt(usualRetries, { firstFailedAt, lastFailedAt, retries: count, lastDecline: 'soft' });
    if (!next) break;
    tried.push(Date.parse(next));
  }
  assert.equal(
    tried.slice(1).map((at, index) => at - (tried[index] ?? 0)),
    Array(4).fill(86_400_000),
  );
});

const usual = { firstFailedAt, retries: 0, lastDecline: 'soft' } as const;
const hard = { ...usual, lastDecline: 'hard' } as const;
const planned = [
  ['as the schedule has it', usual, null, '2027-03-02T09:00:00.000Z'],
  ['at the time that staff chose', usual, { tryAt: '2027-03-05T08:00:00.000Z' }, '2027-03-05T08:00:00.000Z'],
  [
    'at that time after a hard decline, with another card',
    hard,
    { tryAt: '2027-03-05T08:00:00.000Z' },
    '2027-03-05T08:00:00.000Z',
  ],
  ['not before a hold ends', usual, { heldUntil: '2027-03-09T00:00:00.000Z' }, '2027-03-09T00:00:00.000Z'],
  ['on its day where a hold ends before', usual, { heldUntil: '2027-03-01T12:00:00.000Z' }, '2027-03-02T09:00:00.000Z'],
  ['never where a hold is over what is not tried', hard, { heldUntil: '2027-03-09T00:00:00.000Z' }, undefined],
  ['at the chosen time where none was tried', null, { tryAt: '2027-03-05T08:00:00.000Z' }, '2027-03-05T08:00:00.000Z'],
] as const;
for (const [what, failed, plan, at] of planned) {
  retries(`[BIL-06] the next try comes ${what}`, () => {
    assert.is(nextTryAt(usualRetries, { failed, plan }), at);
  });
}

retries.run();
