import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Noticed, noticedAt } from './automation-sleep.js';

const sleeping = suite('[WFL-06] automation that looks at its clock');
const lastSeen = new Date('2027-03-28T00:30:00Z');

const cases: readonly [now: string, noticed: Noticed | undefined][] = [
  ['2027-03-28T00:30:00.000Z', undefined],
  ['2027-03-28T00:31:00.000Z', undefined],
  ['2027-03-28T00:28:00.000Z', undefined], // two workers' clocks are two minutes apart
  ['2027-03-28T00:27:59.999Z', 'went_back'],
  ['2027-03-27T23:30:00.000Z', 'went_back'],
  ['2027-03-28T01:30:00.000Z', undefined], // the hour that is skipped in Europe: instants have none
  ['2027-03-28T06:29:59.999Z', undefined],
  ['2027-03-28T06:30:00.000Z', 'slept'],
  ['2027-03-29T00:30:00.000Z', 'slept'],
  ['2026-03-28T00:30:00.000Z', 'went_back'],
];
for (const [now, noticed] of cases) {
  sleeping(`at ${now} notices ${noticed ?? 'nothing'}`, () => {
    assert.is(noticedAt(lastSeen, new Date(now)), noticed);
  });
}

sleeping.run();
