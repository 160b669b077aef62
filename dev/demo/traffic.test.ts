import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { billedRate, coverage, ratesOf } from '../../rules/network/percentile.js';
import { history } from './traffic.js';

const traffic = suite('demo traffic');
const now = new Date('2026-11-21T13:02Z');
const yearAgo = new Date(now.getTime() - 365 * 86_400_000);
const port = { portId: randomUUID(), serial: 'S478231X4A09401' };

traffic('is a year of whole intervals with gaps, growth and quiet weekends', () => {
  const intervals = history(port, yearAgo, now);
  const { samples, gaps } = coverage(ratesOf(intervals), yearAgo, new Date('2026-11-21T13:00Z'));
  assert.ok(samples > 104_000, `${samples}`);
  assert.ok(gaps > 400 && gaps < 500, `${gaps}`);
  const mean = (from: string, to: string) => {
    const part = intervals.filter(({ startsAt }) => startsAt >= new Date(from) && startsAt < new Date(to));
    return part.reduce((sum, { outOctets }) => sum + outOctets, 0) / part.length;
  };
  assert.ok(mean('2026-11-09', '2026-11-13') > 1.5 * mean('2025-12-08', '2025-12-12'), 'it grew');
  assert.ok(mean('2026-11-13', '2026-11-14') > 1.2 * mean('2026-11-14', '2026-11-15'), 'a Saturday is quiet');
  assert.ok(
    intervals.some(({ outOctets, seconds }) => outOctets === 0 && seconds === 300),
    'it stood still once',
  );
});

traffic('is the same each time', () => {
  const bill = () => billedRate(ratesOf(history(port, new Date('2026-11-01'), now)), 'out');
  assert.is(bill(), bill());
});

traffic.run();
