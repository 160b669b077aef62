import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { neighbours, periodSince, periodUntil, type TrafficPeriod } from './traffic-window.js';

const windows = suite('[NET-02] the span of a traffic graph');
const hours = ({ from, to }: { from: Date; to: Date }) => (to.getTime() - from.getTime()) / 3_600_000;

const ending: readonly [TrafficPeriod, string, string, string][] = [
  ['day', '2026-11-21T13:20:00Z', 'Europe/Paris', '2026-11-20T13:20:00Z'],
  ['day', '2026-03-29T10:00:00Z', 'Europe/Paris', '2026-03-28T11:00:00Z'], // an hour was skipped
  ['day', '2026-10-25T11:00:00Z', 'Europe/Paris', '2026-10-24T10:00:00Z'], // an hour came twice
  ['day', '2026-03-29T10:00:00Z', 'UTC', '2026-03-28T10:00:00Z'],
  ['week', '2026-03-31T10:00:00Z', 'Europe/Kyiv', '2026-03-24T11:00:00Z'],
  ['month', '2026-03-31T10:00:00Z', 'UTC', '2026-02-28T10:00:00Z'],
  ['quarter', '2026-05-31T10:00:00Z', 'UTC', '2026-02-28T10:00:00Z'],
  ['year', '2028-02-29T10:00:00Z', 'UTC', '2027-02-28T10:00:00Z'],
  ['year', '2026-04-10T10:00:00Z', 'Pacific/Kiritimati', '2025-04-10T10:00:00Z'],
];

for (const [period, to, zone, from] of ending)
  windows(`a ${period} that ends ${to} in ${zone} begins ${from}`, () => {
    assert.equal(periodUntil(period, new Date(to), zone).from, new Date(from));
  });

windows('a day has the hours that its calendar gives it', () => {
  assert.is(hours(periodUntil('day', new Date('2026-03-29T10:00:00Z'), 'Europe/Paris')), 23);
  assert.is(hours(periodUntil('day', new Date('2026-10-25T11:00:00Z'), 'Europe/Paris')), 25);
});

windows('a span that began in the past ends where its calendar says, but never in the future', () => {
  const now = new Date('2026-11-21T13:20:00Z');
  const whole = periodSince('week', new Date('2026-11-01T00:00:00Z'), 'UTC', now);
  assert.equal(whole.to, new Date('2026-11-08T00:00:00Z'));
  assert.equal(periodSince('month', new Date('2026-11-01T00:00:00Z'), 'UTC', now).to, now);
});

windows('one steps back by a whole period, and forward until there is nothing newer', () => {
  const now = new Date('2026-11-21T13:20:00Z');
  const last = periodUntil('week', now, 'Europe/Paris');
  const { earlier, later } = neighbours('week', last, 'Europe/Paris', now);
  assert.equal([earlier, later], [new Date('2026-11-07T13:20:00Z'), undefined]);
  const before = periodSince('week', earlier, 'Europe/Paris', now);
  assert.equal(neighbours('week', before, 'Europe/Paris', now).later, last.from);
});

windows.run();
