import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import type { StepActivities } from '../../activities/durable/steps.js';
import type { PowerCommandActivities } from '../../activities/servers/power-commands.js';
import { type PowerOutcome, powerOutcomes } from '../../rules/servers/power-commands.js';
import { isWaitingAtStop } from '../durable/holds.js';
import { humanSteps, isGivenUp } from '../durable/human-step.js';
import { label } from '../durable/labels.js';
import { quick } from '../durable/patience.js';
import { NothingToWithdraw } from '../messages/failures.js';
import {
  type PowerCommandInput,
  type PowerCommandResult,
  type PowerCommandStatus,
  powerCommandStatus,
  withdrawPowerCommand,
} from '../messages/power-command.js';
import { powerDeed } from './power-deed.js';
import { powerLook } from './power-look.js';

const { beginPowerCommand, endPowerCommand } = proxyActivities<PowerCommandActivities>(quick);
const { enterStep, leaveStep } = proxyActivities<StepActivities>(quick);

/** Leaving it out would leave the person who asked without an answer: it is done, or it is given up. */
const machine = { name: 'switchMachine', skippable: false };

/** Started by a customer's or a staff member's accepted command; over when it can be said what came of it. */
export async function powerCommand({ commandId }: PowerCommandInput): Promise<PowerCommandResult> {
  let status: PowerCommandStatus = 'requested';
  let withdrawn = false;
  let ended: PowerOutcome | undefined;
  setHandler(powerCommandStatus, () => status);
  setHandler(withdrawPowerCommand, withdraw, { validator: refuseUnlessHeld });
  const attempt = humanSteps();

  const begun = await beginPowerCommand(commandId);
  if ('over' in begun) return { outcome: begun.over };
  const { command, labels } = begun;
  status = 'running';
  label({ ...labels, stage: status });
  const enter = (step: string) => enterStep({ process: 'powerCommand', subjectId: commandId, step });
  const { carryOut, trouble, power } =
    command === 'state' ? powerLook(commandId, enter) : powerDeed(commandId, command, enter, () => withdrawn);

  let outcome: PowerOutcome;
  try {
    outcome = (await attempt(machine, carryOut)) ?? trouble();
  } catch (error) {
    if (!isGivenUp(error)) {
      await CancellationScope.nonCancellable(() => close('unconfirmed')); // or the machine would take no other command
      throw error;
    }
    outcome = trouble();
  }
  return close(outcome);

  async function close(wanted: PowerOutcome): Promise<PowerCommandResult> {
    await leaveStep({ process: 'powerCommand', subjectId: commandId, outcome: stepOutcome(wanted) });
    const { before: powerBefore, after: powerAfter } = power;
    const outcome = await endPowerCommand({ commandId, outcome: wanted, powerBefore, powerAfter });
    status = powerOutcomes[outcome];
    label({ stage: status });
    ended = outcome;
    await condition(allHandlersFinished);
    return { outcome };
  }

  async function withdraw(): Promise<PowerOutcome> {
    withdrawn = true;
    await condition(() => ended !== undefined);
    return ended ?? 'unconfirmed';
  }

  function refuseUnlessHeld(): void {
    if (!isWaitingAtStop()) throw ApplicationFailure.nonRetryable('it waits at no stop', NothingToWithdraw);
  }
}

function stepOutcome(outcome: PowerOutcome): 'done' | 'failed' | 'undone' {
  if (outcome === 'withdrawn') return 'undone';
  return powerOutcomes[outcome] === 'failed' ? 'failed' : 'done';
}
