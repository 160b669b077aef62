import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { TrafficPoint } from './traffic.js';
import { TrafficTally } from './traffic-tally.js';

const tally = suite('[NET-02] figures of a traffic graph');

const clock = (text: string) => new Date(`2026-11-21T${text}:00Z`);
const span = (from: string, to: string) => ({ from: clock(from), to: clock(to) });
const LATER = clock('23:00');

/** Five-minute intervals one after the other, each with its rate in bits a second; nothing measured where it says so. */
function intervals(from: string, rates: readonly (number | undefined)[]): TrafficPoint[] {
  return rates.flatMap((rate, index) => {
    const startsAt = new Date(clock(from).getTime() + index * 300_000);
    return rate === undefined
      ? []
      : [{ startsAt, inOctets: (rate * 300) / 8, outOctets: (rate * 600) / 8, seconds: 300 }];
  });
}

tally('the 95th percentile is the rank below the top twentieth, of each direction for itself', () => {
  const counted = new TrafficTally();
  const rates = Array.from({ length: 20 }, (_, index) => (index + 1) * 8);
  counted.add(span('10:00', '11:40'), intervals('10:00', rates));
  const { max, percentile, samples, last, gaps } = counted.figures(LATER);
  assert.equal(max, { in: 160, out: 320 });
  assert.equal(percentile, { in: 152, out: 304 });
  assert.equal([samples, last?.in, last?.startsAt, gaps], [20, 160, clock('11:35'), []]);
});

tally('parts of the time that are read one after the other count as one', () => {
  const counted = new TrafficTally();
  counted.add(span('10:00', '10:10'), intervals('10:00', [8, undefined]));
  counted.add(span('10:10', '10:20'), intervals('10:10', [undefined, 16]));
  const { gaps, samples, since } = counted.figures(LATER);
  assert.equal(gaps, [span('10:05', '10:15')]);
  assert.equal([samples, since], [2, clock('10:00')]);
});

const gaps: readonly [string, readonly (number | undefined)[], string, readonly string[]][] = [
  ['nothing is missing', [8, 8, 8, 8], '23:00', []],
  ['one interval is missing', [8, undefined, 8, 8], '23:00', ['10:05–10:10']],
  [
    'the beginning and the end are missing',
    [undefined, 8, undefined, undefined],
    '23:00',
    ['10:00–10:05', '10:10–10:20'],
  ],
  ['nothing was measured at all', [undefined, undefined, undefined, undefined], '23:00', ['10:00–10:20']],
  ['the last interval is on its way', [8, 8, 8, undefined], '10:20', []],
  ['the last two are on their way', [8, 8, undefined, undefined], '10:20', []],
  ['more than two are late', [8, undefined, undefined, undefined], '10:20', ['10:05–10:20']],
];
for (const [name, rates, now, wanted] of gaps)
  tally(`${name}: ${wanted.join(', ') || 'no gap'}`, () => {
    const counted = new TrafficTally();
    counted.add(span('10:00', '10:20'), intervals('10:00', rates));
    const told = counted
      .figures(clock(now))
      .gaps.map(({ from, to }) => [from, to].map((at) => at.toISOString().slice(11, 16)));
    assert.equal(
      told.map((ends) => ends.join('–')),
      wanted,
    );
  });

tally('an interval of which too little was seen is a gap', () => {
  const counted = new TrafficTally();
  counted.add(span('10:00', '10:05'), [{ startsAt: clock('10:00'), inOctets: 9, outOctets: 9, seconds: 20 }]);
  assert.equal(counted.figures(LATER).gaps, [span('10:00', '10:05')]);
});

tally('the time between two spans is nobody’s gap', () => {
  const counted = new TrafficTally();
  counted.add(span('10:00', '10:05'), intervals('10:00', [8]));
  counted.add(span('12:00', '12:05'), intervals('12:00', [8]));
  assert.equal(counted.figures(LATER).gaps, []);
});

tally('without anything measured there are no figures', () => {
  const { max, percentile, last } = new TrafficTally().figures(LATER);
  assert.equal([max, percentile, last], [undefined, undefined, undefined]);
});

tally.run();
