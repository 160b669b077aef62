import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { waitBeforeLookUp } from './look-ups.js';

const lookUps = suite('[BIL-05] look-ups of an undecided charge');

lookUps('come soon at first, then daily and without end', () => {
  const seconds = [0, 1, 2, 3, 4, 5, 400].map((count) => waitBeforeLookUp(count) / 1_000);
  assert.equal(seconds, [5, 30, 120, 600, 3_600, 86_400, 86_400]);
});

lookUps.run();
