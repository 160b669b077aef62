import { AuditEntry } from '../accounts/audit-entry.js';
import { ProcessStep } from '../durable/process-step.js';
import { Installation, type InstallationStatus } from './installation.js';
import { Server } from './server.js';

export type ReportedStatus = Extract<InstallationStatus, 'started' | 'installed' | 'booted'>;

/**
 * Takes a report to the row. The installer's first word makes the machine one whose disks are being written, in the same
 * transaction; a machine that came up from its disk has been installed, whether that was reported or lost. Answers with
 * the status the row has after it: late and repeated reports change nothing.
 */
export async function recordReport(
  installation: Installation,
  status: ReportedStatus,
  at: Date,
): Promise<InstallationStatus> {
  return Installation.transaction(async (trx) => {
    const row = await installation.$query(trx).forUpdate();
    if (status === 'booted') await row.moveTo('installed', at, trx);
    const moved = await row.moveTo(status, at, trx);
    if (moved && status === 'started') await Server.moveTo(row.serverId, 'provisioning', at, undefined, trx);
    return (await row.$query(trx)).status;
  });
}

/** Another machine holds this installation's token: people see it beside the step, and staff in the audit trail. */
export async function recordStranger({ serviceId, server }: Installation, serial: string, at: Date): Promise<void> {
  await Installation.transaction(async (trx) => {
    const running = { process: 'serverProvisioning', subjectId: serviceId, status: 'running' } as const;
    await ProcessStep.query(trx).where(running).patch({ problem: 'anotherMachine' });
    const actor = { actorKind: 'process', actorName: serial, action: 'installation.refused' } as const;
    const about = { subjectType: 'server', subjectId: server.label, happenedAt: at };
    await AuditEntry.record({ ...actor, ...about, after: { reported: serial, expected: server.serial } }, trx);
  });
}
