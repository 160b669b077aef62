import { ApplicationFailure, condition, patched, setHandler } from '@temporalio/workflow';
import { DAYS_AT_REST } from '../../rules/services/cancellation-status.js';
import { type Attempt, isGivenUp } from '../durable/human-step.js';
import { NotResting } from '../messages/failures.js';
import { type TakenUp, takeUpCancellation } from '../messages/service-cancellation.js';

interface Resting {
  lieDown(): Promise<void>;
  /** Nothing where a week went by. */
  getUp(takenUp: TakenUp | undefined): Promise<void>;
}

interface Rest {
  takenUp?: TakenUp;
  isOver: boolean;
}

/** Makes a step that staff give up rest: it is attempted again when they take it up, or by itself after a week. */
export function restingSteps(attempt: Attempt, { lieDown, getUp }: Resting): Attempt {
  let rest: Rest | undefined;
  setHandler(takeUpCancellation, takeUp, { validator: refuseUnlessResting });

  return async function attemptUntilDone(step, act) {
    while (true) {
      try {
        return await attempt(step, act);
      } catch (error) {
        if (!isGivenUp(error) || !patched('given-up-steps-rest')) throw error;
        await restOnce();
      }
    }
  };

  async function restOnce(): Promise<void> {
    const own: Rest = { isOver: false };
    rest = own; // before it is written, so that whoever reads of it in its row is not refused
    await lieDown();
    const week = DAYS_AT_REST * 86_400_000;
    await condition(() => own.takenUp !== undefined, week, { summary: 'until what was given up is tried again' });
    rest = undefined; // from here on nobody takes it up
    await getUp(own.takenUp);
    own.isOver = true;
  }

  async function takeUp(takenUp: TakenUp): Promise<void> {
    const own = rest;
    if (own) own.takenUp = takenUp;
    await condition(() => own?.isOver !== false);
  }

  function refuseUnlessResting(_takenUp: TakenUp): void {
    if (!rest || rest.takenUp) throw ApplicationFailure.nonRetryable('nothing rests', NotResting);
  }
}
