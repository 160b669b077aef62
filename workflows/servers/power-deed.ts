import { ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { StepActivities } from '../../activities/durable/steps.js';
import type { PowerCommandActivities, Unfit } from '../../activities/servers/power-commands.js';
import {
  foregoneOutcome,
  type Power,
  type PowerDeed,
  type PowerOutcome,
  reachedOutcome,
} from '../../rules/servers/power-commands.js';
import { unlessUnwantedWhileHeld } from '../durable/holds.js';
import { promptHardware, quick } from '../durable/patience.js';
import { ForStaff } from '../messages/failures.js';

const { lookAtPower, pushPower, watchPower } = proxyActivities<PowerCommandActivities>(promptHardware);
const { tellProblem } = proxyActivities<StepActivities>(quick);

/** Before staff is asked, a machine that does not follow is asked once more, where that does no harm. */
const TRIES = 2;

const problems = { wrong_machine: 'wrongMachine', bmc_refused: 'bmcRefused', not_reached: 'notReached' } as const;

/** What a command does, and what is known of it so far: that outlives an attempt that ended in front of staff. */
export interface PowerDoing {
  readonly power: { before: Power | null; after: Power | null };
  /** What is to be said when staff give it up now. */
  trouble(): PowerOutcome;
  /** Its outcome; what a person must look at is thrown for them. */
  carryOut(): Promise<PowerOutcome>;
}

/** One machine brought to where it is wanted. Done again, after whatever happened, it never restarts a machine twice. */
export function powerDeed(
  commandId: string,
  deed: PowerDeed,
  enter: (step: string) => Promise<void>,
  unwanted: () => boolean,
): PowerDoing {
  const power: PowerDoing['power'] = { before: null, after: null };
  let proven = false;
  let trouble: PowerOutcome = 'no_answer';

  return {
    power,
    trouble: () => trouble,

    async carryOut() {
      trouble = 'no_answer';
      await enter('power_check');
      const seen = await fit(await lookAtPower(commandId));
      power.before ??= seen.power;
      power.after = seen.power;
      const foregone = seen.pushed ? undefined : foregoneOutcome(deed, seen.power);
      if (foregone) return foregone;

      await enter(`power_${deed}`);
      for (let tries = 1; tries <= TRIES; tries++) {
        const asked = await unlessUnwantedWhileHeld({ unwanted, onHold: () => {} }, () => pushPower(commandId));
        if ('left' in asked) return 'withdrawn';
        const pushed = await fit(asked.done);
        if ('over' in pushed) return pushed.over;
        const watched = await fit(await watchPower(commandId));
        power.after = watched.power;
        proven ||= pushed.taken || pushed.found === 'off' || watched.wasOff;
        if (watched.settled) return reachedOutcome(deed, proven);
      }
      return lay('not_reached', `the machine was asked for ${deed} and is ${power.after}`);
    },
  };

  async function fit<Answer extends object>(answer: Answer | Unfit): Promise<Answer> {
    return 'unfit' in answer ? lay(answer.unfit, answer.detail) : (answer as Answer);
  }

  async function lay(reason: keyof typeof problems, detail: string): Promise<never> {
    trouble = reason;
    await tellProblem({ process: 'powerCommand', subjectId: commandId, problem: problems[reason] });
    throw ApplicationFailure.nonRetryable(`${reason}: ${detail}`, ForStaff);
  }
}
