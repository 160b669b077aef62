import type { Transaction } from 'objection';
import type { PowerCircumstances } from '../../rules/servers/power-refusal.js';
import { Service } from '../services/service.js';
import { Installation } from './installation.js';
import { Server } from './server.js';
import { ServerLease } from './server-lease.js';

export interface GivenCommand extends Pick<PowerCircumstances, 'command' | 'askedBy'> {
  readonly serverId: string;
  readonly serviceId: string | null;
}

/** What decides whether a command may be given: a service counts only while it holds the machine. */
export async function powerCircumstances(
  { command, askedBy, serverId, serviceId }: GivenCommand,
  at: Date,
  trx?: Transaction,
): Promise<PowerCircumstances> {
  const { status, bmc } = await Server.query(trx).findById(serverId).withGraphFetched('bmc').throwIfNotFound();
  const service = serviceId ? await holderOf(serverId, at, trx).findById(serviceId) : undefined;
  const installing = await Installation.query(trx).where({ serverId }).modify('open').resultSize();
  return {
    ...{
      command,
      askedBy,
      machine: status,
      isManaged: Boolean(bmc),
      isInstalling: installing > 0,
    },
    service: service && { status: service.status, isSuspended: service.suspendedAt !== null },
  };
}

/** The service that holds a machine at that moment. */
export function holderOf(serverId: string, at: Date, trx?: Transaction) {
  const lease = ServerLease.query()
    .whereColumn('server_leases.serviceId', 'services.id')
    .where('server_leases.serverId', serverId)
    .whereRaw('server_leases.during @> ?::timestamptz', [at]);
  return Service.query(trx).whereExists(lease).first();
}
