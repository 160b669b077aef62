import { NotFoundError, type Transaction } from 'objection';
import type { PowerCircumstances } from '../../rules/servers/power-refusal.js';
import type { ServerStatus } from '../../rules/servers/server-status.js';
import type { ServiceStatus } from '../../rules/services/service-status.js';
import { Service } from '../services/service.js';
import { Server } from './server.js';
import { ServerLease } from './server-lease.js';

export interface GivenCommand extends Pick<PowerCircumstances, 'command' | 'askedBy'> {
  readonly serverId: string;
  readonly serviceId: string | null;
}

interface Known {
  readonly machine: ServerStatus;
  readonly isManaged: boolean;
  readonly isInstalling: boolean;
  readonly status: ServiceStatus | null;
  readonly isSuspended: boolean;
}

/** What decides whether a command may be given, in one statement: a service counts only while it holds the machine. */
export async function powerCircumstances(
  { command, askedBy, serverId, serviceId }: GivenCommand,
  at: Date,
  trx?: Transaction,
): Promise<PowerCircumstances> {
  const { rows } = await (trx ?? Server.knex()).raw<{ rows: Known[] }>(
    `SELECT m.status AS machine, v.status, v.suspended_at IS NOT NULL AS "isSuspended",
              EXISTS (SELECT FROM bmcs b WHERE b.server_id = m.id) AS "isManaged",
              EXISTS (SELECT FROM installations i WHERE i.server_id = m.id
                      AND i.status IN ('waiting', 'started', 'installed')) AS "isInstalling"
       FROM servers m LEFT JOIN services v ON v.id = ? AND EXISTS (SELECT FROM server_leases l
         WHERE l.server_id = m.id AND l.service_id = v.id AND l.during @> ?::timestamptz)
       WHERE m.id = ?`,
    [serviceId, at, serverId],
  );
  const [known] = rows;
  if (!known) throw new NotFoundError({});
  const { machine, isManaged, isInstalling, status, isSuspended } = known;
  return { command, askedBy, machine, isManaged, isInstalling, service: status ? { status, isSuspended } : undefined };
}

/** The service that holds a machine at that moment. */
export function holderOf(serverId: string, at: Date, trx?: Transaction) {
  const held = ServerLease.query()
    .whereColumn('server_leases.serviceId', 'services.id')
    .where('server_leases.serverId', serverId)
    .whereRaw('server_leases.during @> ?::timestamptz', [at]);
  return Service.query(trx).whereExists(held).first();
}
