import { StaffMember } from '../../models/accounts/staff-member.js';
import { ProcessStart } from '../../models/durable/process-start.js';
import { ProcessStep } from '../../models/durable/process-step.js';
import { PowerReading } from '../../models/servers/power-reading.js';
import { requestPower } from '../../models/servers/power-request.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import { Service } from '../../models/services/service.js';
import { type PowerDeed, type PowerOutcome, wantedPower } from '../../rules/servers/power-commands.js';
import { powerCommand } from '../../workflows/messages/power-command.js';
import type { People } from './people.js';

interface PastPower {
  readonly daysAgo: number;
  readonly command: PowerDeed;
  readonly reason: string;
  readonly seconds: number;
  readonly byStaff?: boolean;
}

const past: readonly PastPower[] = [
  { daysAgo: 26, command: 'cycle', reason: 'Kernel 6.12.57 security update', seconds: 11 },
  { daysAgo: 12.02, command: 'off', reason: 'Replacing a noisy fan, as agreed', seconds: 6, byStaff: true },
  { daysAgo: 12, command: 'on', reason: 'Fan replaced', seconds: 9, byStaff: true },
  { daysAgo: 3, command: 'reset', reason: 'Does not answer, soft lockup on the screen', seconds: 4 },
];

/** One server has a reboot log, and every machine that runs was read lately. */
export async function givePowerHistory({ elodie }: People, now: Date): Promise<void> {
  const leases = await ServerLease.query().whereRaw('upper_inf(during)').withGraphFetched('server');
  for (const { serverId } of leases) await PowerReading.note(serverId, 'on', new Date(now.getTime() - 90_000));
  const service = await Service.query().findOne({ slug: 'web-3' }).throwIfNotFound();
  const server = leases.find(({ serviceId }) => serviceId === service.id)?.server;
  const staff = await StaffMember.query().findOne({ role: 'data_centre' }).throwIfNotFound();
  if (!server) throw new RangeError('web-3 has no machine');
  for (const { daysAgo, command, reason, seconds, byStaff } of past) {
    const at = new Date(now.getTime() - daysAgo * 86_400_000);
    const by = byStaff ? { staff } : { user: elodie };
    const answer = await requestPower({ server, service, command, reason, by, from: '192.0.2.44', at });
    if ('refused' in answer) throw new RangeError(`web-3 refused ${command}: ${answer.refused}`);
    const { accepted } = answer;
    const process = { process: 'powerCommand', subjectId: accepted.id };
    const later = (share: number) => new Date(at.getTime() + seconds * share * 1_000);
    await ProcessStart.markStarted(powerCommand.workflowId({ commandId: accepted.id }), at);
    await accepted.begin(at);
    for (const [step, from, until] of [['power_check', 0, 0.2] as const, [`power_${command}`, 0.2, 1] as const]) {
      await ProcessStep.begin(process.process, accepted.id, step, later(from));
      await ProcessStep.end(process, 'done', later(until));
    }
    const powerAfter = wantedPower(command);
    await accepted.end(
      { outcome: outcomes[command], powerBefore: command === 'on' ? 'off' : 'on', powerAfter },
      later(1),
    );
  }
}

const outcomes: Readonly<Record<PowerDeed, PowerOutcome>> = {
  on: 'switched_on',
  off: 'switched_off',
  cycle: 'restarted',
  reset: 'restarted',
};
