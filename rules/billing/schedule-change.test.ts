import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeclineKind } from './declines.js';
import { planOf, type ScheduleChange, scheduleRefusal } from './schedule-change.js';

const changes = suite('[BIL-06] a schedule that staff change');
const now = new Date('2027-03-11T12:00:00.000Z');
const next = '2027-03-14T09:00:00.000Z';
const at = (time: string, paymentMethodId = 'visa'): ScheduleChange => ({ kind: 'at', at: time, paymentMethodId });
const hold = (until: string): ScheduleChange => ({ kind: 'hold', until });
const grant = (days: number, from = next): ScheduleChange => ({ kind: 'grant', days, from, reason: 'they asked' });
const friday = '2027-03-12T08:00:00.000Z';

const cases: readonly (readonly [what: string, change: ScheduleChange, decline: DeclineKind, wanted?: string])[] = [
  ['tomorrow', at(friday), 'soft'],
  ['ten minutes from now', at('2027-03-11T12:10:00.000Z'), 'soft'],
  ['nine minutes from now', at('2027-03-11T12:09:00.000Z'), 'soft', 'tooSoon'],
  ['yesterday', at('2027-03-10T12:00:00.000Z'), 'soft', 'tooSoon'],
  ['in thirty days', at('2027-04-10T12:00:00.000Z'), 'soft'],
  ['in thirty days and a minute', at('2027-04-10T12:01:00.000Z'), 'soft', 'tooLate'],
  ['the card that was refused for good', at(friday), 'hard', 'refusedCard'],
  ['another card than the refused one', at(friday, 'mastercard'), 'hard'],
  ['a card whose bank asks for its customer', at(friday), 'authentication_required', 'asksCustomer'],
  ['another card than that one', at(friday, 'mastercard'), 'authentication_required'],
  ['a hold over a planned try', hold('2027-03-20T00:00:00.000Z'), 'soft'],
  ['a hold of too long', hold('2027-05-01T00:00:00.000Z'), 'soft', 'tooLate'],
  ['a hold into the past', hold('2027-03-11T00:00:00.000Z'), 'soft', 'tooSoon'],
  ['a hold where nothing is tried by itself', hold('2027-03-20T00:00:00.000Z'), 'hard', 'nothingPlanned'],
  ['days more', grant(7), 'soft'],
  ['more days than an invoice may be left alone', grant(28), 'soft', 'tooLate'],
  ['days more where the next try has moved meanwhile', grant(7, '2027-03-13T09:00:00.000Z'), 'soft', 'moved'],
  ['days more where nothing is tried by itself', grant(7), 'hard', 'nothingPlanned'],
  ['the usual schedule', { kind: 'usual' }, 'hard'],
];
for (const [what, change, kind, wanted] of cases) {
  changes(`${what}, after a decline that is ${kind}: ${wanted ?? 'allowed'}`, () => {
    const known = { now, last: { kind, paymentMethodId: 'visa' }, next: kind === 'soft' ? next : undefined };
    assert.is(scheduleRefusal(change, known), wanted);
  });
}

changes('an invoice that no card was tried for may be given a time', () => {
  assert.is(scheduleRefusal(at(friday), { now, last: undefined, next: undefined }), undefined);
});

changes('what was planned is taken back', () => {
  assert.is(planOf({ kind: 'usual' }, { heldUntil: friday }), null);
});

changes('a time takes the place of a hold, and a hold that of a time', () => {
  assert.equal(planOf(at(friday), { heldUntil: next }), { tryAt: friday, paymentMethodId: 'visa' });
  assert.equal(planOf(hold(friday), { tryAt: next, paymentMethodId: 'visa' }), { heldUntil: friday });
});

changes('days are given to what comes next, once however often they are sent', () => {
  const later = '2027-03-21T09:00:00.000Z';
  const held = planOf(grant(7), null);
  assert.equal(held, { heldUntil: later });
  assert.equal(planOf(grant(7), held), held);
  const planned = planOf(grant(7), { tryAt: next, paymentMethodId: 'visa' });
  assert.equal(planned, { tryAt: later, paymentMethodId: 'visa' });
  assert.equal(planOf(grant(7), planned), planned);
});

changes('no days are promised that an order does not live to see', () => {
  const known = { now, last: { kind: 'soft', paymentMethodId: 'visa' }, next } as const;
  const lapsing = (lapsesAt: string) => scheduleRefusal(grant(7), { ...known, lapsesAt: new Date(lapsesAt) });
  assert.is(lapsing('2027-03-21T09:00:00.000Z'), 'lapses');
  assert.is(lapsing('2027-03-21T09:00:01.000Z'), undefined);
});

changes.run();
