import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { leftOut } from './batch-selection.js';

const selection = suite('[BIL-06] a set that staff act on together');

const now = new Date('2026-11-25T12:00:00Z');
const billing = { role: 'billing', now, days: 7 } as const;
const candidate = {
  ...{ standing: 'soft', hasCard: true, isAwaited: false, lapsesAt: null, cardAskedAt: null },
  ...{ nextTryAt: new Date('2026-11-26T12:00:00Z'), dueMinor: 260_40, currency: 'EUR' },
};

const cases = [
  ['soft', true, false, undefined, undefined],
  ['soft', false, false, 'cardless', undefined],
  ['hard', true, false, 'hard', undefined],
  ['authentication_required', true, false, 'asks', undefined],
  ['unknown', true, false, 'unknown', 'unknown'],
  ['under_way', true, false, 'underWay', 'underWay'],
  ['untried', true, false, undefined, undefined],
  ['untried', false, false, 'cardless', undefined],
  ['soft', true, true, undefined, 'order'],
  ['unknown', true, true, 'unknown', 'unknown'],
] as const;
for (const [standing, hasCard, isAwaited, retry, writeOff] of cases) {
  const what = `${standing}${hasCard ? '' : ', no card'}${isAwaited ? ', an order waits' : ''}`;
  selection(`${what}: tried? ${retry ?? 'yes'}; written off? ${writeOff ?? 'yes'}`, () => {
    assert.is(leftOut('retry', { ...candidate, standing, hasCard, isAwaited }, billing), retry);
    assert.is(leftOut('write_off', { ...candidate, standing, hasCard, isAwaited }, billing), writeOff);
  });
}

for (const [act, what, differing, why] of [
  ['ask_card', 'asked a day ago', { cardAskedAt: new Date('2026-11-24T12:00:00Z') }, undefined],
  ['ask_card', 'asked within a day', { cardAskedAt: new Date('2026-11-24T12:00:01Z') }, 'askedLately'],
  ['ask_card', 'refused for good', { standing: 'hard' }, undefined],
  ['ask_card', 'not decided', { standing: 'unknown' }, 'unknown'],
  ['grant', 'with a try ahead', {}, undefined],
  ['grant', 'with nothing ahead', { nextTryAt: null }, 'nothing'],
  ['grant', 'whose order lapses before', { lapsesAt: new Date('2026-12-03T12:00:00Z') }, 'lapses'],
  ['grant', 'whose order lives on', { lapsesAt: new Date('2026-12-03T12:00:01Z') }, undefined],
  ['grant', 'put off for long already', { nextTryAt: new Date('2026-12-18T12:00:01Z') }, 'tooLate'],
  ['write_off', 'as much as billing may', { dueMinor: 500_00 }, undefined],
  ['write_off', 'more than billing may', { dueMinor: 500_01 }, 'aboveLimit'],
] as const) {
  selection(`[BIL-06] ${act} of one ${what}: ${why ?? 'in'}`, () => {
    assert.is(leftOut(act, { ...candidate, ...differing }, billing), why);
  });
}

selection.run();
