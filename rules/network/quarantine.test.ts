import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { restedBefore, restsUntil } from './quarantine.js';

const quarantine = suite('[STF-03] quarantine of returned addresses');

for (const [ended, until] of [
  ['2027-03-11T12:10:00Z', '2027-04-11T00:00:00.000Z'],
  ['2027-03-11T00:00:00Z', '2027-04-10T00:00:00.000Z'],
  ['2027-12-15T23:59:59.999Z', '2028-01-15T00:00:00.000Z'],
  ['2028-02-10T08:00:00Z', '2028-03-12T00:00:00.000Z'],
] as const) {
  quarantine(`what ended at ${ended} rests until ${until}`, () => {
    assert.is(restsUntil(new Date(ended)).toISOString(), until);
  });

  quarantine(`what ended at ${ended} has not rested a moment before, and has then`, () => {
    const free = new Date(until);
    assert.ok(restedBefore(new Date(free.getTime() - 1)) < new Date(ended));
    assert.ok(restedBefore(free) >= new Date(ended));
  });
}

quarantine.run();
