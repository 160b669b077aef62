import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dayLimit, exceededInDay, mayWriteOff, writeOffLimit } from './write-off-limit.js';

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

limits('[BIL-06] administrators have none, a day has its own, and currencies are never added', () => {
  assert.is(writeOffLimit('administrator', 'EUR'), undefined);
  assert.equal(dayLimit('billing', 'EUR'), money(2_000_00));
  const [four, five] = [Array(4).fill(money(500_00)), Array(5).fill(money(500_00))];
  assert.is(exceededInDay('billing', four, []), undefined);
  assert.equal(exceededInDay('billing', five, []), { limit: money(2_000_00), before: money(0) });
  assert.is(exceededInDay('administrator', five, five), undefined);
  assert.is(exceededInDay('billing', [...four, money(1_800_00, 'GBP')], []), undefined);
});

limits('[BIL-06] what was given up before within the day counts, in its own currency', () => {
  const before = [money(1_700_00), money(1_800_00, 'GBP')];
  assert.is(exceededInDay('billing', [money(300_00)], before), undefined);
  assert.equal(exceededInDay('billing', [money(300_01)], before), { limit: money(2_000_00), before: money(1_700_00) });
  assert.is(exceededInDay('billing', [], [money(9_000_00)]), undefined);
});

limits.run();
