import { ApplicationFailure } from '@temporalio/activity';
import type { Transaction } from 'objection';
import { AddressAssignment, type WantedBlock } from '../../models/network/address-assignment.js';
import { ReverseName } from '../../models/network/reverse-name.js';
import { Server } from '../../models/servers/server.js';
import { hostAddress } from '../../rules/network/host-addresses.js';
import { NoAddressLeft } from '../../workflows/messages/failures.js';
import { askedAt } from '../durable/clock.js';
import type { OnMachine } from '../servers/power.js';
import { ordered } from '../servers/reservations.js';
import { tellService } from '../servers/told.js';

const SINGLE = 32;
const OWN_IPV6 = 64;

export type AddressActivities = ReturnType<typeof createAddressActivities>;

export function createAddressActivities() {
  return {
    /** One IPv4 address of the site's shared network or a block of one's own, an IPv6 /64, and the name of the first. */
    async assignAddresses({ serviceId, serverId }: OnMachine): Promise<void> {
      const at = askedAt();
      const { orderLine, hostName } = await ordered(serviceId);
      const { rack } = await Server.query().findById(serverId).withGraphFetched('rack').throwIfNotFound();
      const { siteId } = rack;
      const { ipv4PrefixLength: length, justification } = orderLine;
      const wanted = { serviceId, siteId, justification };
      await AddressAssignment.transaction(async (trx) => {
        const standing = await heldAt(serviceId, siteId, at, trx);
        const ipv4 = await take({ ...wanted, length, purpose: length === SINGLE ? 'shared' : 'routed' }, at, trx);
        const ipv6 = await take({ ...wanted, length: OWN_IPV6, purpose: 'ipv6' }, at, trx);
        if (standing) return;
        const { address } = hostAddress(ipv4);
        const name = { address, serviceId, hostName, publishedAt: null };
        await ReverseName.query(trx).insert(name).onConflict('address').merge();
        await tellService(serviceId, 'server.addresses_assigned', { ipv4: ipv4.block, ipv6: ipv6.block }, trx);
      });
    },

    async unassignAddresses(serviceId: string): Promise<void> {
      await AddressAssignment.transaction((trx) => giveBack(serviceId, askedAt(), trx));
    },
  };
}

/** Whether the service holds addresses already. Those of another site are given back: they do not reach to this one. */
async function heldAt(serviceId: string, siteId: string, at: Date, trx: Transaction): Promise<boolean> {
  const held = await AddressAssignment.query(trx).modify('heldBy', serviceId).withGraphFetched('prefix');
  if (held.length === 0 || held.every(({ prefix }) => prefix.siteId === siteId)) return held.length > 0;
  await giveBack(serviceId, at, trx);
  return false;
}

async function take(wanted: WantedBlock, at: Date, trx: Transaction): Promise<AddressAssignment> {
  const taken = await AddressAssignment.take(wanted, at, trx);
  if (taken) return taken.$fetchGraph('prefix', { transaction: trx });
  throw ApplicationFailure.nonRetryable(`no free /${wanted.length} is left (${wanted.purpose})`, NoAddressLeft);
}

async function giveBack(serviceId: string, at: Date, trx: Transaction): Promise<void> {
  await ReverseName.query(trx).delete().where({ serviceId });
  await AddressAssignment.release(serviceId, at, trx);
}
