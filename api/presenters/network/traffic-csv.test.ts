import { DateTime } from 'luxon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localClock } from './traffic-csv.js';

const clocks = suite('[NET-02] the reader’s clock in a file of intervals');

for (const zone of ['UTC', 'Europe/Kyiv', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns'])
  clocks(`is that of ${zone}, to the minute in which clocks change`, () => {
    const clock = localClock(zone);
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 300_000 * 7) {
      const wanted = DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
      if (clock(new Date(at)) !== wanted) assert.is(clock(new Date(at)), wanted);
    }
  });

clocks.run();
