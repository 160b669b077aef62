import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { faultOf, touchedSpans, withoutDuplicates } from './rollups.js';
import type { TrafficInterval } from './traffic.js';

const rollups = suite('[NET-01] rollups');
const interval = (time: string, portId = 'a', inOctets = 1): TrafficInterval => ({
  portId,
  startsAt: new Date(time),
  inOctets,
  outOctets: 2,
  seconds: 300,
});

rollups('an interval touches its hour and its day', () => {
  const late = [interval('2027-03-01T13:55Z')];
  const [portIds, day] = [['a'], { from: new Date('2027-03-01T00:00Z'), to: new Date('2027-03-02T00:00Z') }];
  const hour = { from: new Date('2027-03-01T13:00Z'), to: new Date('2027-03-01T14:00Z') };
  assert.equal(touchedSpans(late, 'hour'), [{ portIds, ...hour }]);
  assert.equal(touchedSpans(late, 'day'), [{ portIds, ...day }]);
});

rollups('hours side by side are one span, hours apart are two', () => {
  const times = ['2027-03-01T14:10Z', '2027-03-01T13:55Z', '2027-03-01T23:00Z'];
  const spans = touchedSpans(
    times.map((time) => interval(time)),
    'hour',
  );
  assert.equal(
    spans.map(({ from, to }) => [from.getUTCHours(), to.getUTCHours()]),
    [
      [13, 15],
      [23, 0],
    ],
  );
});

rollups('a span names each of its ports once', () => {
  const many = ['a', 'b', 'a', 'c', 'b'].map((port, index) => interval(`2027-03-01T13:${index}0Z`, port));
  assert.equal(touchedSpans(many, 'hour')[0]?.portIds, ['a', 'b', 'c']);
});

rollups('of one interval given twice the later counts', () => {
  const twice = [interval('2027-03-01T13:00Z', 'a', 1), interval('2027-03-01T13:00Z', 'a', 9)];
  assert.equal(withoutDuplicates(twice), [twice[1]]);
});

const faults = [
  [{}, undefined],
  [{ inOctets: 0, outOctets: 0 }, undefined],
  [{ seconds: 1 }, undefined],
  [{ portId: '' }, 'it is of no port'],
  [{ startsAt: new Date('2027-03-01T13:01Z') }, 'it does not start on five minutes'],
  [{ startsAt: new Date(Number.NaN) }, 'it does not start on five minutes'],
  [{ inOctets: -1 }, 'its octets are no counts'],
  [{ outOctets: 0.5 }, 'its octets are no counts'],
  [{ outOctets: 2 ** 53 }, 'its octets are no counts'],
  [{ seconds: 0 }, '0 s were measured'],
  [{ seconds: 301 }, '301 s were measured'],
] as const;
for (const [differing, fault] of faults) {
  rollups(`${JSON.stringify(differing)}: ${fault ?? 'may be kept'}`, () => {
    assert.is(faultOf({ ...interval('2027-03-01T13:00Z'), ...differing }), fault);
  });
}

rollups.run();
