import * as assert from 'uvu/assert';
import { Dispute } from '../../../../models/billing/dispute.js';
import { Payment } from '../../../../models/billing/payment.js';
import { PaymentAttempt } from '../../../../models/billing/payment-attempt.js';
import { StaffTask } from '../../../../models/durable/staff-task.js';
import { dispute as contract } from '../../../../workflows/messages/dispute.js';
import { invoicePayment } from '../../../../workflows/messages/invoice-payment.js';
import type { House } from '../house/house.js';
import { aBill, click } from './paying.js';
import { cellsOf, conflictCellOf, type Story } from './story.js';

export interface Disputed {
  readonly disputeId: string;
  readonly providerId: string;
  readonly invoiceId: string;
}

const won: Story<Disputed> = {
  process: 'dispute',
  way: 'won, while staff were asked for an answer',
  features: ['BIL-05', 'STF-07', 'WFL-01'],
  groups: ['F1', 'F9'],
  steps: ['lookAtDispute', 'openStaffTask', 'closeStaffTask'],
  workflowId: (subject) => contract.workflowId(subject),
  arrange: aDisputedCharge,
  async tell(house, { disputeId, providerId }) {
    await house.start(contract, { disputeId });
    const workflowId = contract.workflowId({ disputeId });
    const [{ result }] = await Promise.all([
      house.ended(contract, { disputeId }),
      house.clock.during(async () => {
        await house.clock.until('staff are asked', () => StaffTask.query().findOne({ workflowId }));
        house.simulator.control.decideDispute(providerId, 'won');
      }),
    ]);
    assert.equal(result, { status: 'won' });
    const { status, withdrawnAt } = await Dispute.query().findById(disputeId).throwIfNotFound();
    assert.equal([status, withdrawnAt === null], ['won', false]);
    assert.is(await StaffTask.query().modify('open').where({ workflowId }).resultSize(), 0);
    return 'won, and booked there and back once; no task left open';
  },
};

export const disputeCells = [...cellsOf(won), conflictCellOf(won)];

export async function aPaidBill(house: House) {
  const bill = await aBill(house);
  const subject = { invoiceId: bill.invoice.id };
  await house.start(invoicePayment, subject);
  await click(house, subject.invoiceId, bill.card);
  await house.clock.during(() => house.ended(invoicePayment, subject));
  return { ...bill, payment: await Payment.query().findOne(subject).throwIfNotFound() };
}

export async function aDisputedCharge(house: House): Promise<Disputed> {
  const { invoice, payment } = await aPaidBill(house);
  const { id: providerId } = house.simulator.control.dispute(payment.providerId ?? '');
  const attempt = await PaymentAttempt.query()
    .findById(payment.attemptId ?? '')
    .throwIfNotFound();
  const reported = { providerId, intentId: attempt.intentId ?? '' };
  const known = await Dispute.report(reported, await house.clock.now());
  return { disputeId: known?.id ?? '', providerId, invoiceId: invoice.id };
}
