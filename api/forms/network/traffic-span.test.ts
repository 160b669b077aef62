import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readTrafficSpan } from './traffic-span.js';

const spans = suite('[NET-02] which span an address asks for');
const at = new Date('2026-11-21T13:22:41Z');
const read = (query: string) =>
  readTrafficSpan(Object.fromEntries(new URLSearchParams(query)), { timeZone: 'Europe/Paris' }, at);
const told = (query: string) => {
  const { period, span, kind, refused } = read(query);
  const ends = [span.from, span.to].map((end) => end.toISOString().slice(0, 16));
  return [refused ?? kind, period, ...ends].join(' ');
};

const cases: readonly [string, string][] = [
  ['', 'latest day 2026-11-20T13:20 2026-11-21T13:20'],
  ['period=week', 'latest week 2026-11-14T13:20 2026-11-21T13:20'],
  ['period=month', 'latest month 2026-10-21T12:20 2026-11-21T13:20'],
  ['period=week&from=2026-11-01T10:03:00Z', 'past week 2026-11-01T10:00 2026-11-08T10:00'],
  ['period=week&from=2026-11-20T10:00:00.000Z', 'past week 2026-11-20T10:00 2026-11-21T13:20'],
  ['period=week&from=2026-11-20T10:00Z', 'past week 2026-11-20T10:00 2026-11-21T13:20'],
  ['period=week&from=2026-11-20T10:02Z&to=2026-11-20T12:01Z', 'part week 2026-11-20T10:00 2026-11-20T12:05'],
  ['from=2026-11-20T10:00Z&to=2026-11-20T10:01Z', 'part day 2026-11-20T09:50 2026-11-20T10:05'],
  ['from=2026-11-20T10:00Z&to=2027-01-01T00:00Z', 'part day 2026-11-20T10:00 2026-11-21T13:20'],
  ['period=fortnight', 'period day 2026-11-20T13:20 2026-11-21T13:20'],
  ['period=', 'period day 2026-11-20T13:20 2026-11-21T13:20'],
  ...[
    'from=NaN',
    'from=',
    'from=yesterday',
    'from=1e99',
    'from=2026-02-30T00:00Z',
    'from=2026-11-21T14:00Z',
    'from=2999-01-01T00:00Z',
    'from=1970-01-01T00:00Z',
    'to=2026-11-20T12:00Z',
    'from=2026-11-20T12:00Z&to=2026-11-20T12:00Z',
    'from=2026-11-20T12:00Z&to=2026-11-20T10:00Z',
    'from=2026-11-20T12:00Z&to=NaN',
    'from=2020-11-20T12:00Z&to=2026-11-20T12:00Z',
  ].map((query): [string, string] => [`period=week&${query}`, 'span day 2026-11-20T13:20 2026-11-21T13:20']),
];
for (const [query, wanted] of cases)
  spans(`${query || 'nothing'}: ${wanted}`, () => {
    assert.is(told(query), wanted);
  });

spans('a field that is sent twice is no instant', () => {
  const { refused } = readTrafficSpan({ from: ['2026-11-20T10:00Z', 'x'] }, { timeZone: 'UTC' }, at);
  assert.is(refused, 'span');
  assert.is(readTrafficSpan({ period: { week: 'x' } }, { timeZone: 'UTC' }, at).refused, 'period');
});

spans.run();
