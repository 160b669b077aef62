import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { day, duration, hour, moment } from './moments.js';

const moments = suite('moments');
const at = new Date('2026-11-21T13:10:05Z');
const reader = { language: 'en', timeZone: 'Europe/Paris' } as const;

moments('a moment in the reader’s zone, exact on hover', () => {
  const { instant, text, exact } = moment(reader, at);
  assert.is(instant, '2026-11-21T13:10:05.000Z');
  assert.is(text, 'Nov 21, 2026, 14:10');
  assert.match(exact, /2:10:05\sPM GMT\+1/);
  assert.is(hour(reader, at).text, '14:10');
  assert.is(hour({ language: 'uk', timeZone: 'Europe/Kyiv' }, at).text, '15:10');
});

moments('a day is the same day everywhere', () => {
  assert.is(day({ language: 'en' }, '2026-11-21').text, 'Nov 21, 2026');
  assert.is(day({ language: 'uk' }, '2026-11-21').text, '21 лист. 2026 р.');
});

const durations: [milliseconds: number, text: string][] = [
  [-5, '0 sec'],
  [400, '1 sec'],
  [6_000, '6 sec'],
  [552_000, '9 min 12 sec'],
  [600_000, '10 min'],
  [7_800_000, '2 hr 10 min'],
  [7_203_000, '2 hr'],
  [93_600_000, '1 day 2 hr'],
];
for (const [milliseconds, text] of durations) {
  moments(`${milliseconds} ms are ${text}`, () => {
    assert.is(duration(reader, milliseconds), text);
  });
}

moments.run();
