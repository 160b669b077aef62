import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { PowerCommandStatus } from '../../rules/servers/power-command-status.js';
import type { PowerOutcome } from '../../rules/servers/power-commands.js';
import type { ProcessContract } from './contract.js';

export type { PowerCommandStatus, PowerOutcome };

export interface PowerCommandInput {
  readonly commandId: string;
}

export interface PowerCommandResult {
  readonly outcome: PowerOutcome;
}

export const powerCommand: ProcessContract<PowerCommandInput, PowerCommandResult> = {
  type: 'powerCommand',
  taskQueue: 'servers',
  summary: 'One power command to one machine, from the click to what came of it',
  workflowId: ({ commandId }) => `power-command:${commandId}`,
};

/**
 * Whoever asked does not want it any more. Answers with what came of it: a machine that was asked meanwhile was asked.
 * Refused unless it waits at an emergency stop: `NothingToWithdraw`.
 */
export const withdrawPowerCommand = defineUpdate<PowerOutcome>('withdrawPowerCommand');

export const powerCommandStatus = defineQuery<PowerCommandStatus>('status');
