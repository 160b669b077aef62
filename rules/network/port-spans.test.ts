import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { heldWithin } from './port-spans.js';

const spans = suite('[NET-02] whose traffic a port’s is');
const at = (clock: string) => new Date(`2026-11-21T${clock}Z`);
const asked = { from: at('10:00'), to: at('12:00') };

const cases: readonly [string, string, string | undefined, string][] = [
  ['held all the time', '08:00', undefined, '10:00–12:00'],
  ['taken on a border', '10:25', undefined, '10:25–12:00'],
  ['taken in an interval: the rest of it was the former tenant’s', '10:23:17', undefined, '10:25–12:00'],
  ['given up in an interval: it may be the next tenant’s too', '08:00', '11:03:59', '10:00–11:00'],
  ['given up on a border', '08:00', '11:05', '10:00–11:05'],
  ['held for less than an interval', '10:21', '10:29', ''],
  ['held for one whole interval', '10:20', '10:25', '10:20–10:25'],
  ['given up before', '08:00', '10:00', ''],
  ['taken after', '12:00', undefined, ''],
];
for (const [name, from, to, wanted] of cases)
  spans(`${name}: ${wanted || 'nothing of it'}`, () => {
    const held = heldWithin([{ portId: 'p', from: at(from), to: to ? at(to) : null }], asked);
    const told = held.map((span) => [span.from, span.to].map((end) => end.toISOString().slice(11, 16)).join('–'));
    assert.is(told.join(', '), wanted);
  });

spans('a service that moved shows each port for its time, in their order', () => {
  const moved = [
    { portId: 'new', from: at('11:00'), to: null },
    { portId: 'old', from: at('08:00'), to: at('11:00') },
  ];
  assert.equal(heldWithin(moved, asked), [
    { portId: 'old', from: at('10:00'), to: at('11:00') },
    { portId: 'new', from: at('11:00'), to: at('12:00') },
  ]);
});

spans.run();
