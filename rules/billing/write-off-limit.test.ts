import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exceededInSet, mayWriteOff, setLimit, writeOffLimit } from './write-off-limit.js';

const limits = suite('[BIL-06] how much somebody may write off');
const money = (amountMinor: number, currency = 'EUR') => ({ amountMinor, currency });

for (const [role, amount, may] of [
  ['billing', money(500_00), true],
  ['billing', money(500_01), false],
  ['billing', money(80_000, 'JPY'), true],
  ['billing', money(80_001, 'JPY'), false],
  ['billing', money(1, 'XAU'), false],
  ['administrator', money(99_999_999_00), true],
  ['administrator', money(1, 'XAU'), true],
] as const) {
  limits(`[BIL-06] ${role} may ${may ? '' : 'not '}give up ${amount.amountMinor} ${amount.currency}`, () => {
    assert.is(mayWriteOff(role, amount), may);
  });
}

limits('[BIL-06] administrators have none, a set has its own, and currencies are never added', () => {
  assert.is(writeOffLimit('administrator', 'EUR'), undefined);
  assert.equal(setLimit('billing', 'EUR'), money(2_000_00));
  const [four, five] = [Array(4).fill(money(500_00)), Array(5).fill(money(500_00))];
  assert.is(exceededInSet('billing', four), undefined);
  assert.equal(exceededInSet('billing', five), money(2_000_00));
  assert.is(exceededInSet('administrator', five), undefined);
  assert.is(exceededInSet('billing', [...four, money(1_800_00, 'GBP')]), undefined);
});

limits.run();
