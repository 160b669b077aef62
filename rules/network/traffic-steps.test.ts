import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Resolution } from './traffic.js';
import { ceiled, floored, piecesOf, stepFor } from './traffic-steps.js';
import { periodUntil, type TrafficPeriod } from './traffic-window.js';

const steps = suite('[NET-02] how finely a graph is drawn');

const ofPeriods: readonly [TrafficPeriod, number, Resolution][] = [
  ['day', 300, 'interval'],
  ['week', 900, 'interval'],
  ['month', 3_600, 'hour'],
  ['quarter', 10_800, 'hour'],
  ['year', 86_400, 'day'],
];
for (const [period, seconds, resolution] of ofPeriods)
  steps(`a ${period} by ${seconds} seconds, with at most 800 points wherever the clocks change`, () => {
    for (let day = 0; day < 366; day++) {
      const span = periodUntil(period, new Date(Date.UTC(2028, 0, 1 + day, 13, 20)), 'Europe/Paris');
      assert.equal(stepFor(span), { seconds, resolution });
      assert.ok((span.to.getTime() - span.from.getTime()) / 1_000 / seconds <= 800);
    }
  });

steps('what is longer than a year goes by days all the same', () => {
  assert.is(stepFor({ from: new Date('2020-01-01'), to: new Date('2026-01-01') }).seconds, 86_400);
});

const cut: readonly [string, string, Resolution, string][] = [
  ['00:00', '24:00', 'interval', 'interval 00:00 00:00'],
  ['00:00', '24:00', 'hour', 'hour 00:00 00:00'],
  ['10:25', '13:10', 'hour', 'interval 10:25 11:00, hour 11:00 13:00, interval 13:00 13:10'],
  ['10:00', '13:10', 'hour', 'hour 10:00 13:00, interval 13:00 13:10'],
  ['10:25', '10:55', 'hour', 'interval 10:25 10:55'],
  ['10:25', '10:55', 'day', 'interval 10:25 10:55'],
  ['10:25', '10:25', 'hour', ''],
  [
    '10:25',
    '60:10',
    'day',
    'interval 10:25 11:00, hour 11:00 00:00, day 00:00 00:00, hour 00:00 12:00, interval 12:00 12:10',
  ],
];
for (const [from, to, resolution, wanted] of cut)
  steps(`${from} to ${to} by ${resolution} is read as ${wanted || 'nothing'}`, () => {
    const at = (clock: string) => {
      const [hour = 0, minute = 0] = clock.split(':').map(Number);
      return new Date(Date.UTC(2026, 0, 1, hour, minute));
    };
    const pieces = piecesOf({ from: at(from), to: at(to) }, resolution);
    const clock = (instant: Date) => instant.toISOString().slice(11, 16);
    assert.is(pieces.map((piece) => `${piece.resolution} ${clock(piece.from)} ${clock(piece.to)}`).join(', '), wanted);
    for (const [index, piece] of pieces.entries()) assert.equal(piece.from, pieces[index - 1]?.to ?? at(from));
  });

steps('instants are put on the clock of UTC', () => {
  const at = new Date('2026-01-01T10:23:17Z');
  assert.equal(floored(at, 300), new Date('2026-01-01T10:20:00Z'));
  assert.equal(ceiled(at, 300), new Date('2026-01-01T10:25:00Z'));
  assert.equal(ceiled(floored(at, 300), 300), floored(at, 300));
});

steps.run();
