import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dueAtFor, escalationOf, putOffUntil } from './task-deadlines.js';

const deadlines = suite('[STF-07] deadlines of staff tasks');
const at = (time: string) => new Date(`2027-03-11T${time}:00Z`);

for (const [matter, due] of [
  ['hardware', '11:00'],
  ['money', '14:00'],
] as const) {
  deadlines(`${matter} opened at 10:00 is due at ${due}`, () => assert.equal(dueAtFor(matter, at('10:00')), at(due)));
}

for (const [due, unassigned, goesUp, reason] of [
  ['11:00', null, '11:00', 'overdue'],
  ['11:00', '10:00', '10:30', 'unassigned'],
  ['11:00', '10:29', '10:59', 'unassigned'],
  ['11:00', '10:30', '11:00', 'overdue'],
  ['11:00', '10:45', '11:00', 'overdue'],
] as const) {
  deadlines(`due ${due}, nobody's since ${unassigned ?? 'never'}: up at ${goesUp}, ${reason}`, () => {
    const unassignedSince = unassigned === null ? null : at(unassigned);
    assert.equal(escalationOf({ dueAt: at(due), unassignedSince }), { at: at(goesUp), reason });
  });
}

deadlines('what is put off counts from now', () => assert.equal(putOffUntil(at('15:00'), 4), at('19:00')));

deadlines.run();
