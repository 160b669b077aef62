import * as assert from 'uvu/assert';
import { PowerCommand } from '../../../../models/servers/power-command.js';
import { powerCommand } from '../../../../workflows/messages/power-command.js';
import { aPowerCommand } from '../../../support/power.js';
import type { House } from '../house/house.js';
import { machineOf } from './machines.js';
import { aRunningService } from './provisioning.js';
import { cellsOf, conflictCellOf, type Story, told } from './story.js';

interface Commanded {
  readonly command: PowerCommand;
  /** How often the machine's power had gone off before. */
  readonly before: number;
}

const about = {
  process: 'powerCommand',
  features: ['WFL-01', 'WFL-06'],
  groups: ['F1', 'F13', 'F15'],
  workflowId: ({ command }: Commanded) => powerCommand.workflowId({ commandId: command.id }),
} as const;

const restarted: Story<Commanded> = {
  ...about,
  way: 'restarted',
  steps: [
    ...(['beginPowerCommand', 'enterStep', 'lookAtPower', 'pushPower', 'watchPower', 'leaveStep'] as const),
    'endPowerCommand',
  ],
  forStaff: ['lookAtPower', 'pushPower', 'watchPower'],
  arrange: aRestart,
  async tell(house, { command, before }) {
    const subject = { commandId: command.id };
    await house.start(powerCommand, subject);
    const { result, asked } = await house.ended(powerCommand, subject);
    const { outcome, status, serverId } = await PowerCommand.query().findById(command.id).throwIfNotFound();
    assert.is(outcome, result.outcome);
    const times = timesOff(house, serverId) - before;
    assert.ok(times <= 1, `the machine went off ${times} times`);
    if (outcome !== 'unconfirmed') assert.equal([outcome, status, times], ['restarted', 'done', 1]);
    const end =
      outcome === 'restarted' ? 'restarted once' : 'restarted once at most, and the customer reads that nobody can say';
    return told(end, asked);
  },
};

const wrongMachine: Story<Commanded> = {
  ...restarted,
  features: ['STF-07', 'WFL-06'],
  way: 'its service processor answers for another machine',
  steps: ['tellProblem', 'openStaffTask', 'closeStaffTask'],
  forStaff: [],
  async arrange(house) {
    const commanded = await aRestart(house);
    const { id } = machineOf(house, commanded.command.serverId).known;
    house.workshop.hardware.faults.set(id, { step: 'bmc', kind: 'wrong', times: 1 });
    return commanded;
  },
};

export const powerCells = [...[restarted, wrongMachine].flatMap(cellsOf), conflictCellOf(restarted)];

export async function aRestart(house: House): Promise<Commanded> {
  const { service, server } = await aRunningService(house);
  const command = await aPowerCommand(service, { at: new Date() });
  return { command, before: timesOff(house, server.id) };
}

export function timesOff(house: House, serverId: string): number {
  return machineOf(house, serverId).state.log.filter(({ message }) => message === 'Power state: Off').length;
}
