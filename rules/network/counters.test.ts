import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Passed, passedBetween, type Reading, type Unknown } from './counters.js';

const counters = suite('[NET-01] counters');
const start = Date.parse('2027-03-01T10:00Z');
const TOP_32 = 2n ** 32n;
const TOP_64 = 2n ** 64n;

interface Said extends Partial<Omit<Reading, 'at'>> {
  /** Our clock, in seconds. */
  readonly after?: number;
}
function reading({ after = 0, ...said }: Said): Reading {
  const at = new Date(start + after * 1_000);
  return { upTicks: 1_000_000 + after * 100, bits: 64, inOctets: 0n, outOctets: 0n, ...said, at };
}

const passed = (inOctets: number, outOctets: number, seconds = 60): Passed => ({ inOctets, outOctets, seconds });
const cases: readonly [name: string, speedMbit: number, earlier: Said, later: Said, expected: Passed | Unknown][] = [
  ['a difference counts', 1_000, { inOctets: 5n, outOctets: 7n }, { inOctets: 105n, outOctets: 8n }, passed(100, 1)],
  ['a port that stands still counts nothing', 1_000, { inOctets: 5n }, { inOctets: 5n }, passed(0, 0)],
  [
    'differences above 2^53 are exact',
    1_000,
    { inOctets: 2n ** 60n + 1n },
    { inOctets: 2n ** 60n + 1_001n },
    passed(1_000, 0),
  ],
  ['a 64-bit counter that wrapped counts on', 1_000, { inOctets: TOP_64 - 10n }, { inOctets: 20n }, passed(30, 0)],
  ['one that fell to nothing did not wrap', 1_000, { inOctets: 9_000_000_000n }, { inOctets: 20n }, 'too_fast'],
  [
    'a 32-bit counter that wrapped once counts on',
    100,
    { bits: 32, inOctets: TOP_32 - 100n },
    { bits: 32, inOctets: 50n },
    passed(150, 0),
  ],
  [
    'of a 32-bit counter at 1 Gbit/s one minute may hide a whole round',
    1_000,
    { bits: 32, inOctets: 0n },
    { bits: 32, inOctets: 1_000n },
    'ambiguous',
  ],
  [
    'read each 25 s it may not',
    1_000,
    { bits: 32, inOctets: TOP_32 - 1_000n },
    { after: 25, bits: 32, inOctets: 1_000n },
    passed(2_000, 0, 25),
  ],
  [
    'at 10 Gbit/s 25 s may hide two',
    10_000,
    { bits: 32, inOctets: 1n },
    { after: 25, bits: 32, inOctets: 2n },
    'ambiguous',
  ],
  ['more than the port can carry is refused', 100, { inOctets: 0n }, { inOctets: 825_000_001n }, 'too_fast'],
  [
    'a little more than its nominal speed is not',
    100,
    { inOctets: 0n },
    { inOctets: 825_000_000n },
    passed(825_000_000, 0),
  ],
  ['the other direction is looked at as well', 100, { outOctets: 0n }, { outOctets: 900_000_000n }, 'too_fast'],
  ['a port of unknown speed is believed', 0, { inOctets: 0n }, { inOctets: 9_000_000_000n }, passed(9_000_000_000, 0)],
  [
    'after a restart nothing is known, however the counters stand',
    1_000,
    { inOctets: 100n },
    { upTicks: 3_000, inOctets: 200n },
    'restarted',
  ],
  [
    'an up-time that began anew after 497 days is no restart',
    1_000,
    { upTicks: 2 ** 32 - 3_000, inOctets: 1n },
    { upTicks: 3_000, inOctets: 11n },
    passed(10, 0),
  ],
  [
    'a restart just before the 497th day is one',
    1_000,
    { upTicks: 2 ** 32 - 3_000, inOctets: 1n },
    { after: 900, upTicks: 3_000, inOctets: 11n },
    'restarted',
  ],
  [
    'counters that the device says it broke off tell nothing',
    1_000,
    { discontinuity: 0, inOctets: 1n },
    { discontinuity: 1_003_000, inOctets: 11n },
    'discontinued',
  ],
  [
    'the same break as before is no new one',
    1_000,
    { discontinuity: 77, inOctets: 1n },
    { discontinuity: 77, inOctets: 11n },
    passed(10, 0),
  ],
  ['a device that gained 64-bit counters begins anew', 1_000, { bits: 32 }, { bits: 64 }, 'counters_changed'],
  [
    'time is what the device counted, not how long the answer took',
    1_000,
    { inOctets: 0n },
    { after: 63, upTicks: 1_006_000, inOctets: 60n },
    passed(60, 0, 60),
  ],
];
for (const [name, speedMbit, earlier, later, expected] of cases) {
  counters(name, () => {
    assert.equal(passedBetween(reading(earlier), reading({ after: 60, ...later }), speedMbit), expected);
  });
}

counters.run();
