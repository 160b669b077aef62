import type { Transaction } from 'objection';
import { AddressAssignment } from '../network/address-assignment.js';
import { PortAssignment } from '../network/port-assignment.js';
import { ReverseName } from '../network/reverse-name.js';
import { Server } from '../servers/server.js';
import { ServerLease } from '../servers/server-lease.js';
import { Service } from './service.js';

/** Ends all that a service holds: machine, addresses, reverse names, switch port. Where it holds nothing, nothing happens. */
export async function releaseHoldings(serviceId: string, at: Date): Promise<void> {
  await Service.transaction(async (trx) => {
    await AddressAssignment.release(serviceId, at, trx);
    await ReverseName.query(trx).delete().where({ serviceId });
    await PortAssignment.release(serviceId, at, trx);
    await releaseMachine(serviceId, at, trx);
  });
}

/** Back to stock only while its disks are as they were; what was written on rests until it is wiped. */
export async function releaseMachine(serviceId: string, at: Date, trx: Transaction): Promise<void> {
  const lease = await ServerLease.query(trx).modify('heldBy', serviceId, at).first();
  if (!lease) return;
  const { id, status } = await Server.query(trx).findById(lease.serverId).forUpdate().throwIfNotFound();
  if (status === 'leased') await Server.moveTo(id, 'ready', at, undefined, trx);
  if (status === 'provisioning' || status === 'releasing') await Server.moveTo(id, 'quarantined', at, undefined, trx);
  await ServerLease.release(serviceId, at, trx);
}

/** How many scarce things a service holds at that moment. */
export async function countHoldings(serviceId: string, at: Date): Promise<number> {
  const [addresses, ports, leases] = await Promise.all([
    AddressAssignment.query().modify('heldBy', serviceId).resultSize(),
    PortAssignment.query().modify('heldBy', serviceId).resultSize(),
    ServerLease.query().modify('heldBy', serviceId, at).resultSize(),
  ]);
  return addresses + ports + leases;
}
