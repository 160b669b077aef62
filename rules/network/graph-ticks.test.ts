import { DateTime } from 'luxon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ticksOf } from './graph-ticks.js';
import { periodUntil, type TrafficPeriod } from './traffic-window.js';

const ticks = suite('[NET-02] times along a graph');
const zone = 'Europe/Paris';
const clock = (at: Date, format: string) => DateTime.fromJSDate(at, { zone }).toFormat(format);

const cases: readonly [string, string, string, string][] = [
  ['2026-11-21T12:50Z', '2026-11-21T13:20Z', 'HH:mm', '14:00 14:15'],
  ['2026-11-20T13:20Z', '2026-11-21T13:20Z', 'HH:mm', '15:00 18:00 21:00 00:00 03:00 06:00 09:00 12:00'],
  ['2026-03-28T20:30Z', '2026-03-29T10:00Z', 'HH:mm', '00:00 03:00 06:00 09:00 12:00'], // 02:00 was skipped
  ['2026-11-14T13:20Z', '2026-11-21T13:20Z', 'd', '15 16 17 18 19 20 21'],
  ['2026-10-21T12:20Z', '2026-11-21T13:20Z', 'd', '26 2 9 16'],
  ['2025-11-21T13:20Z', '2026-11-21T13:20Z', 'LLL', 'Jan Mar May Jul Sep Nov'],
];
for (const [from, to, format, wanted] of cases)
  ticks(`from ${from} to ${to}: ${wanted}`, () => {
    const { at } = ticksOf({ from: new Date(from), to: new Date(to) }, zone);
    assert.is(at.map((tick) => clock(tick, format)).join(' '), wanted);
  });

ticks('are three to nine for every period, whenever it ends, and in their order', () => {
  for (const period of ['day', 'week', 'month', 'quarter', 'year'] as TrafficPeriod[])
    for (let hours = 0; hours < 366 * 24; hours += 37) {
      const span = periodUntil(period, new Date(Date.UTC(2026, 0, 1, hours)), zone);
      const { at } = ticksOf(span, zone);
      assert.ok(at.length >= 3 && at.length <= 9, `${period} ${span.to.toISOString()}: ${at.length}`);
      assert.equal(
        [...at].sort((one, other) => +one - +other),
        at,
      );
    }
});

ticks.run();
