import * as assert from 'uvu/assert';
import { CreditNote } from '../../../../models/billing/credit-note.js';
import { Invoice } from '../../../../models/billing/invoice.js';
import { PaymentAttempt } from '../../../../models/billing/payment-attempt.js';
import { Refund } from '../../../../models/billing/refund.js';
import { RefundReturn } from '../../../../models/billing/refund-return.js';
import { refundReturn } from '../../../../workflows/messages/refund-return.js';
import type { House } from '../house/house.js';
import { aPaidBill } from './disputes.js';
import { cellsOf, conflictCellOf, type Story, told } from './story.js';

export interface Returned {
  readonly refundId: string;
  readonly invoiceId: string;
}

const sentAgain: Story<Returned> = {
  process: 'refundReturn',
  way: 'sent once more at the word of staff',
  features: ['BIL-05', 'STF-07', 'WFL-01'],
  groups: ['F1', 'F9'],
  steps: ['lookAtReturn', 'openStaffTask', 'closeStaffTask', 'replaceRefund', 'refundPayments', 'closeReturn'],
  forStaff: ['refundPayments'],
  workflowId: (subject) => refundReturn.workflowId(subject),
  arrange: aReturnedRefund,
  async tell(house, { refundId, invoiceId }) {
    await house.start(refundReturn, { refundId });
    const { result } = await house.ended(refundReturn, { refundId });
    assert.equal(result, { outcome: 'paid_back' });
    const refunds = await Refund.query().modify('of', invoiceId).orderBy('round');
    assert.equal(
      refunds.map(({ status }) => status),
      ['returned', 'succeeded'],
    );
    assert.ok((await Refund.query().findById(refundId))?.returnClosedAt);
    return 'booked back once and paid back once, after staff said so';
  },
};

/** Sent once more and refused: what is with the bank is looked up, and the rest is left to staff. */
const givenUpAfterAll: Story<Returned> = {
  ...sentAgain,
  way: 'refused when it is sent once more, and given up',
  groups: ['F1'],
  steps: ['lookUpRefunds'],
  forStaff: ['lookUpRefunds'],
  async arrange(house) {
    const returned = await aReturnedRefund(house);
    house.refuseOnce(sentAgain.workflowId(returned), 'refundPayments');
    return returned;
  },
  async tell(house, returned) {
    const { refundId, invoiceId } = returned;
    await house.start(refundReturn, { refundId });
    for (const decision of ['retry', 'cancel'] as const) await house.decide(sentAgain.workflowId(returned), decision);
    const { result, asked } = await house.ended(refundReturn, { refundId });
    assert.equal(result, { outcome: 'given_up' });
    const refunds = await Refund.query().modify('of', invoiceId).orderBy('round');
    assert.equal(
      refunds.map(({ status }) => status),
      ['returned', 'requested'],
    );
    return told('booked back once, sent by nobody, and left to staff', asked);
  },
};

export const refundReturnCells = [...[sentAgain, givenUpAfterAll].flatMap(cellsOf), conflictCellOf(sentAgain)];

/** It had succeeded; later its bank sent it back, and said so. */
export async function aReturnedRefund(house: House): Promise<Returned> {
  const { invoice, payment } = await aPaidBill(house);
  const at = await house.clock.now();
  const { intentId } = await PaymentAttempt.query()
    .findById(payment.attemptId ?? '')
    .throwIfNotFound();
  const [refund] = await Invoice.transaction(async (trx) =>
    Refund.requestFor(await CreditNote.issueFor(await invoice.$query(trx), 'order_cancelled', at, trx), at, trx),
  );
  if (!refund) throw new Error('there is nothing to refund');
  const { id: refundId, amount, key } = refund;
  const { id } = await house.simulator.payments.refundCharge({ intentId: intentId ?? '', amount, refundId }, key);
  await refund.settle(id, 'succeeded', at);
  house.simulator.control.decideRefund(id, 'failed', 'expired_or_canceled_card');
  await RefundReturn.report(refundId, at);
  return { refundId, invoiceId: invoice.id };
}
