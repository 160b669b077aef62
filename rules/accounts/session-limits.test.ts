import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { customerSessionLimits, type SessionLimits, sessionIsOver, staffSessionLimits } from './session-limits.js';

const limits = suite('[IAM-02] how long a session lasts');
const now = new Date('2026-11-21T14:00:00Z');
const before = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

const table: [who: string, limits: SessionLimits, startedHoursAgo: number, seenHoursAgo: number, over: boolean][] = [
  ['a customer at work', customerSessionLimits, 5, 0, false],
  ['a customer after a night', customerSessionLimits, 20, 11.9, false],
  ['a customer who was away for half a day', customerSessionLimits, 20, 12, true],
  ['a customer who never left for a week', customerSessionLimits, 7 * 24, 0, true],
  ['staff at work', staffSessionLimits, 5, 0.2, false],
  ['staff after lunch', staffSessionLimits, 5, 2, true],
  ['staff after a long day', staffSessionLimits, 12, 0, true],
];

for (const [who, of, started, seen, over] of table) {
  limits(`${who}: ${over ? 'over' : 'goes on'}`, () => {
    assert.is(sessionIsOver({ startedAt: before(started), seenAt: before(seen) }, of, now), over);
  });
}

limits.run();
