import { allHandlersFinished, condition, proxyActivities, sleep } from '@temporalio/workflow';
import type { RefundReturnActivities } from '../../activities/billing/refund-returns.js';
import { waitBeforeLookUp } from '../../rules/billing/look-ups.js';
import { humanSteps } from '../durable/human-step.js';
import { label } from '../durable/labels.js';
import { lookUp, quick } from '../durable/patience.js';
import type { RefundReturnInput, RefundReturnResult } from '../messages/refund-return.js';
import { payingBack } from './paying-back.js';

const { lookAtReturn } = proxyActivities<RefundReturnActivities>(lookUp);
const { closeReturn } = proxyActivities<RefundReturnActivities>(quick);

/** As many look-ups as a month has days: by then whoever asked for the refund has written how it stands. */
const MOST_LOOKS = 30;

/** Started by the provider's word that a refund came back; over when the money went by another way, or stands after all. */
export async function refundReturn({ refundId }: RefundReturnInput): Promise<RefundReturnResult> {
  const attempt = humanSteps();
  let found = await lookAtReturn(refundId);
  label({ ...found.labels, stage: found.state });
  for (let looks = 0; found.state === 'undecided' && looks < MOST_LOOKS; looks++) {
    await sleep(waitBeforeLookUp(looks), { summary: 'until the refund is written down here' });
    found = await lookAtReturn(refundId);
  }
  if (found.state !== 'returned') return close('stands');

  label({ stage: found.state });
  const { payBackAgain, wentBack } = payingBack(found.invoiceId, attempt);
  const paidBack = await payBackAgain(refundId);
  await wentBack();
  return close(paidBack ? 'paid_back' : 'given_up');

  async function close(outcome: RefundReturnResult['outcome']): Promise<RefundReturnResult> {
    await closeReturn(refundId);
    await condition(allHandlersFinished);
    return { outcome };
  }
}
