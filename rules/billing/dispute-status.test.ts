import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { awaitsAnswer, type DisputeStatus, disputeMoves, isDisputeOver, mayBecome } from './dispute-status.js';

const disputes = suite('[BIL-05] states of a dispute');

const moves: readonly (readonly [from: DisputeStatus, to: DisputeStatus, may: boolean])[] = [
  ['reported', 'inquiry', true],
  ['reported', 'open', true],
  ['reported', 'won', true],
  ['inquiry', 'open', true],
  ['inquiry', 'closed', true],
  ['inquiry', 'won', true],
  ['inquiry', 'lost', true],
  ['open', 'under_review', true],
  ['open', 'lost', true],
  ['open', 'inquiry', false],
  ['under_review', 'won', true],
  ['under_review', 'lost', true],
  ['under_review', 'closed', true],
  ['won', 'lost', false],
  ['lost', 'won', false],
  ['closed', 'open', false],
];
for (const [from, to, may] of moves) {
  disputes(`[BIL-05] from ${from} it ${may ? 'may' : 'cannot'} become ${to}`, () => {
    assert.is(mayBecome(from, to), may);
  });
}

const booked = [
  ['inquiry', false, false, ''],
  ['open', false, true, 'withdrawal'],
  ['open', true, true, ''],
  ['under_review', true, true, ''],
  ['won', true, true, 'return'],
  ['won', false, true, 'withdrawal, return'],
  ['lost', true, true, 'loss'],
  ['lost', false, true, 'withdrawal, loss'],
  ['closed', false, false, ''],
] as const;
for (const [to, here, there, expected] of booked) {
  disputes(
    `[BIL-05] ${to}, ${here ? '' : 'not '}booked here, ${there ? '' : 'not '}taken there: ${expected || 'nothing'} is booked`,
    () => {
      assert.is(disputeMoves(to, { here, there }).join(', '), expected);
    },
  );
}

disputes('[BIL-05] the shop is asked while it can still say something', () => {
  const all = ['reported', 'inquiry', 'open', 'under_review', 'won', 'lost', 'closed'] as const;
  assert.equal(all.filter(awaitsAnswer), ['inquiry', 'open']);
  assert.equal(all.filter(isDisputeOver), ['won', 'lost', 'closed']);
});

disputes.run();
