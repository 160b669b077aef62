import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import type { DisputeActivities } from '../../activities/billing/disputes.js';
import { awaitsAnswer, isDisputeOver } from '../../rules/billing/dispute-status.js';
import { waitBeforeLookUp } from '../../rules/billing/look-ups.js';
import { humanSteps, isGivenUp } from '../durable/human-step.js';
import { label } from '../durable/labels.js';
import { lookUp } from '../durable/patience.js';
import { type DisputeInput, type DisputeResult, disputeMoved } from '../messages/dispute.js';
import { ForStaff } from '../messages/failures.js';

const { lookAtDispute } = proxyActivities<DisputeActivities>(lookUp);

/** Evidence is given at the provider; leaving it out leaves the decision to the bank alone. */
const answer = { name: 'answerDispute', skippable: true };

/** Started by the provider's word that a charge is disputed; over when the bank has decided. */
export async function dispute({ disputeId }: DisputeInput): Promise<DisputeResult> {
  let moved = false;
  let leftToBank = false;
  let looks = 0;
  setHandler(disputeMoved, () => {
    moved = true;
  });
  const attempt = humanSteps();
  let seen = await lookAtDispute(disputeId);
  label({ ...seen.labels, stage: seen.status });

  while (!isDisputeOver(seen.status)) {
    if (awaitsAnswer(seen.status) && !leftToBank) await askStaff();
    else await lookLater();
  }
  await condition(allHandlersFinished);
  return { status: seen.status };

  async function look(): Promise<void> {
    moved = false;
    seen = await lookAtDispute(disputeId);
    label({ stage: seen.status });
  }

  async function lookLater(enough = () => false): Promise<void> {
    await condition(() => moved || enough(), waitBeforeLookUp(looks++), {
      summary: 'until the dispute is looked up again',
    });
    if (!enough()) await look();
  }

  /** Whoever answers at the provider need not come back here: what the provider says then ends the task by itself. */
  async function askStaff(): Promise<void> {
    const asking = new CancellationScope();
    let told = false;
    let over = false;
    const asked = asking
      .run(() =>
        attempt(answer, async () => {
          if (told) await look();
          told = true;
          if (!awaitsAnswer(seen.status)) return true;
          const reason = `the charge is disputed (${seen.reason}); the bank wants an answer by ${seen.answerBy ?? '?'}`;
          throw ApplicationFailure.nonRetryable(reason, ForStaff);
        }),
      )
      .then((done) => {
        leftToBank = done === undefined;
      }, refusedByStaff)
      .finally(() => {
        over = true;
      });
    while (!over) {
      await lookLater(() => over);
      if (!over && !awaitsAnswer(seen.status)) asking.cancel();
      if (!awaitsAnswer(seen.status)) await asked;
    }
    await asked;
  }

  function refusedByStaff(error: unknown): void {
    if (isCancellation(error)) return;
    if (!isGivenUp(error)) throw error;
    leftToBank = true;
  }
}
