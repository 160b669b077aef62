import { AuditEntry } from '../accounts/audit-entry.js';
import type { PowerCommand } from './power-command.js';
import type { PowerRequest } from './power-request.js';

/** Who wants a command taken back. What comes of that its process writes: the machine may be asked at this moment. */
export async function noteWithdrawal(
  { id, command }: Pick<PowerCommand, 'id' | 'command'>,
  {
    server,
    service,
    by,
    from,
    at,
  }: Pick<PowerRequest, 'service' | 'by' | 'from' | 'at'> & Partial<Pick<PowerRequest, 'server'>>,
): Promise<void> {
  const who = 'user' in by ? by.user : by.staff;
  const actor = { actorKind: 'user' in by ? 'user' : 'staff', actorId: who.id, actorName: who.name } as const;
  const ofService = { subjectType: 'service', subjectId: service?.slug ?? '' };
  const ofMachine = { subjectType: 'server', subjectId: server?.label ?? '' };
  const subject = { ...('user' in by ? ofService : ofMachine), customerId: service?.customerId ?? null };
  const change = { action: 'power.withdrawn', after: { command, id } };
  await AuditEntry.record({ ...actor, ...subject, ...change, address: from, happenedAt: at });
}
