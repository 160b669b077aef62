import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { leftOut } from './batch-selection.js';

const selection = suite('[BIL-06] a set that staff act on together');

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
    assert.is(leftOut('retry', { standing, hasCard, isAwaited }), retry);
    assert.is(leftOut('write_off', { standing, hasCard, isAwaited }), writeOff);
  });
}

selection.run();
