import { type Transaction, UniqueViolationError } from 'objection';
import type { PowerCommandKind } from '../../rules/servers/power-commands.js';
import { type PowerHindrance, powerRefusal } from '../../rules/servers/power-refusal.js';
import { powerCommand } from '../../workflows/messages/power-command.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import { Customer } from '../accounts/customer.js';
import type { StaffMember } from '../accounts/staff-member.js';
import type { User } from '../accounts/user.js';
import { ProcessStart } from '../durable/process-start.js';
import type { Service } from '../services/service.js';
import { TimelineEntry } from '../timeline-entry.js';
import { powerCircumstances } from './power-circumstances.js';
import { PowerCommand } from './power-command.js';
import type { Server } from './server.js';

export interface PowerRequest {
  readonly server: Pick<Server, 'id' | 'label'>;
  /** Which holds the machine; nothing for a machine in stock. */
  readonly service: Pick<Service, 'id' | 'slug' | 'customerId'> | undefined;
  readonly command: PowerCommandKind;
  /** For the reboot log; nothing is needed for a look. */
  readonly reason: string;
  readonly by: { readonly user: User } | { readonly staff: StaffMember };
  /** The network address they came from. */
  readonly from: string;
  readonly at: Date;
}

export type PowerAnswer = { readonly accepted: PowerCommand } | { readonly refused: PowerRefusal };

/** Why nothing was accepted: a phrase of `power:refused`. */
export type PowerRefusal = PowerHindrance | 'another_runs';

/**
 * The command with its sentence, its audit entry and the process to follow, or none of them. While one stands, another
 * is refused; of looks, the one that stands is the answer.
 */
export async function requestPower(request: PowerRequest): Promise<PowerAnswer> {
  try {
    return await PowerCommand.transaction((trx) => accept(request, trx));
  } catch (error) {
    if (!oneStandsAlready(error)) throw error;
    if (request.command !== 'state') return { refused: 'another_runs' };
    const standing = await PowerCommand.standingLook(request.server.id);
    return standing ? { accepted: standing } : requestPower(request); // it ended a moment ago
  }
}

async function accept(request: PowerRequest, trx: Transaction): Promise<PowerAnswer> {
  const { server, service, command, by, at } = request;
  const askedBy = 'user' in by ? 'customer' : 'staff';
  const given = { command, askedBy, serverId: server.id, serviceId: service?.id ?? null } as const;
  const refused = powerRefusal(await powerCircumstances(given, at, trx));
  if (refused) return { refused };
  const accepted = await PowerCommand.query(trx).insertAndFetch({
    ...{ serverId: server.id, serviceId: given.serviceId, command, reason: request.reason, askedAt: at },
    ...('user' in by ? { askedByUserId: by.user.id } : { askedByStaffId: by.staff.id }),
  });
  if (command !== 'state') await record(request, trx);
  await ProcessStart.accept(powerCommand, { commandId: accepted.id }, at, trx);
  return { accepted };
}

/** A look changes nothing, so nothing is written of it but its row. */
async function record(request: PowerRequest, trx: Transaction): Promise<void> {
  const { server, service, command, reason, by, from, at } = request;
  const who = 'user' in by ? by.user : by.staff;
  const actor = { actorKind: 'user' in by ? 'user' : 'staff', actorId: who.id, actorName: who.name } as const;
  const ofService = { subjectType: 'service', subjectId: service?.slug ?? '' };
  const ofMachine = { subjectType: 'server', subjectId: server.label }; // staff read it in the machine's story
  const subject = { ...('user' in by ? ofService : ofMachine), customerId: service?.customerId ?? null };
  const after = { command, reason, machine: server.label };
  await AuditEntry.record({ ...actor, ...subject, action: 'power.asked', after, address: from, happenedAt: at }, trx);
  if (!service) return;
  const { brand } = await Customer.query(trx).findById(service.customerId).withGraphFetched('brand').throwIfNotFound();
  const told = { who: 'user' in by ? by.user.name : brand.name, reason }; // customers know the shop, not its people
  await TimelineEntry.tell(
    {
      ...{ subjectType: 'service', subjectId: service.id, event: `power.asked_${command}`, values: told },
      ...{ actor: 'user' in by ? 'customer' : 'staff', actorId: who.id, happenedAt: at },
    },
    trx,
  );
}

function oneStandsAlready(error: unknown): boolean {
  return error instanceof UniqueViolationError && error.constraint === 'power_commands_one_standing';
}
