import * as assert from 'uvu/assert';
import { Dispute } from '../../../models/billing/dispute.js';
import { StaffTask } from '../../../models/durable/staff-task.js';
import { dispute, disputeMoved } from '../../../workflows/messages/dispute.js';
import type { House } from '../../faults/matrix/house/house.js';
import { aDisputedCharge, type Disputed } from '../../faults/matrix/stories/disputes.js';
import { rescue } from './rescue.js';

export const disputeRescues = [
  rescue({
    name: '[BIL-05] a dispute is looked up once it was answered at the provider, and won',
    reads: [/Answer with evidence in the card provider’s own pages/, /The bank wants an answer by/],
    decided: [
      ['answerDispute', 'retry'],
      ['answerDispute', 'retry'],
    ],
    begin: disputed,
    before: { 1: answered }, // the first time nothing was answered yet, and the question stands again
    meanwhile: (house, subject) => decided(house, subject, 'won'),
    end: (_, { disputeId }) => assertStatus(disputeId, 'won'),
  }),
  rescue({
    name: '[BIL-05] a dispute goes on without an answer, and is lost',
    decided: [['answerDispute', 'skip']],
    begin: disputed,
    meanwhile: (house, subject) => decided(house, subject, 'lost'),
    end: (_, { disputeId }) => assertStatus(disputeId, 'lost'),
  }),
  rescue({
    name: '[BIL-05] a dispute is given up, and followed all the same until it is lost',
    decided: [['answerDispute', 'cancel']],
    begin: disputed,
    meanwhile: (house, subject) => decided(house, subject, 'lost'),
    end: (_, { disputeId }) => assertStatus(disputeId, 'lost'),
  }),
];

/** Nobody comes back to the task: what the provider says ends it. */
export async function endedByItself(house: House): Promise<StaffTask> {
  const subject = await disputed(house);
  const { workflowId } = subject;
  await house.clock.during(async () => {
    await house.clock.until('staff are asked', () => StaffTask.query().findOne({ workflowId }));
    await answered(house, subject);
    await house.processes.signal(dispute, subject, disputeMoved);
    await house.clock.until('the task is closed', () =>
      StaffTask.query().findOne({ workflowId }).whereNotNull('answer'),
    );
  });
  return StaffTask.query().findOne({ workflowId }).throwIfNotFound();
}

async function disputed(house: House) {
  const subject = await aDisputedCharge(house);
  await house.start(dispute, subject);
  return { ...subject, workflowId: dispute.workflowId(subject) };
}

/** As in the provider's own pages. https://docs.stripe.com/api/disputes/update */
async function answered({ simulator }: House, { providerId }: Disputed): Promise<void> {
  const answer = await fetch(`${simulator.origin}/v1/disputes/${providerId}`, {
    method: 'POST',
    headers: { Authorization: 'Bearer sk_test_simulated' },
    body: new URLSearchParams({ 'evidence[customer_name]': 'Olha', submit: 'true' }),
  });
  assert.is(answer.status, 200);
}

async function decided(house: House, subject: Disputed, outcome: 'won' | 'lost'): Promise<void> {
  house.simulator.control.decideDispute(subject.providerId, outcome);
  await house.processes.signal(dispute, subject, disputeMoved);
}

async function assertStatus(disputeId: string, status: Dispute['status']): Promise<void> {
  assert.is((await Dispute.query().findById(disputeId))?.status, status);
}
