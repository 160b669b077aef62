import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { handRefundRefusal, onReturn, type RefundStatus, refundStatusesBefore } from './refund-status.js';

const refunds = suite('[BIL-09] states of a refund');

const moves: readonly (readonly [from: RefundStatus, to: RefundStatus, may: boolean])[] = [
  ['requested', 'pending', true],
  ['requested', 'succeeded', true],
  ['pending', 'pending', true],
  ['pending', 'succeeded', true],
  ['pending', 'failed', true],
  ['failed', 'requested', true],
  ['succeeded', 'returned', true],
  ['succeeded', 'failed', false],
  ['succeeded', 'pending', false],
  ['pending', 'returned', false],
  ['failed', 'succeeded', false],
  ['returned', 'succeeded', false],
  ['returned', 'requested', false],
];
for (const [from, to, may] of moves) {
  refunds(`[BIL-09] from ${from} it ${may ? 'may' : 'cannot'} become ${to}`, () => {
    assert.is(refundStatusesBefore(to).includes(from), may);
  });
}

const byHand = [
  ['requested', 'card', false, 'underWay'],
  ['requested', 'card', true, undefined],
  ['requested', 'transfer', false, undefined],
  ['pending', 'card', false, 'underWay'],
  ['pending', 'card', true, 'underWay'],
  ['failed', 'card', false, undefined],
  ['returned', 'card', false, undefined],
  ['succeeded', 'card', true, 'closed'],
  ['succeeded', 'transfer', false, 'closed'],
  ['succeeded', 'credit', false, 'closed'],
] as const;
for (const status of ['requested', 'failed', 'returned'] as const) {
  refunds(`[BIL-09] sent by hand while ${status}, its charge taken back by the bank: disputed`, () => {
    assert.is(handRefundRefusal({ status, method: 'card', givenUp: true, disputed: true }), 'disputed');
  });
}
for (const [status, method, givenUp, refusal] of byHand) {
  const told = `${status}, paid by ${method}${givenUp ? ', given up' : ''}`;
  refunds(`[BIL-09] sent by hand while ${told}: ${refusal ?? 'written down'}`, () => {
    assert.is(handRefundRefusal({ status, method, givenUp, disputed: false }), refusal);
  });
}

const reports = [
  ['succeeded', 'failed', 'returned'],
  ['succeeded', 'succeeded', 'stands'],
  ['succeeded', 'pending', 'stands'],
  ['requested', 'failed', 'undecided'],
  ['pending', 'failed', 'undecided'],
  ['failed', 'failed', 'stands'],
  ['returned', 'failed', 'stands'],
] as const;
for (const [ours, theirs, outcome] of reports) {
  refunds(`[BIL-09] reported back while ${ours} here and ${theirs} there: ${outcome}`, () => {
    assert.is(onReturn(ours, theirs), outcome);
  });
}

refunds.run();
