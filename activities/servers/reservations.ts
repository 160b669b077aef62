import { ApplicationFailure } from '@temporalio/activity';
import type { Transaction } from 'objection';
import { AuditEntry } from '../../models/accounts/audit-entry.js';
import { Order } from '../../models/orders/order.js';
import { RootPassword } from '../../models/servers/root-password.js';
import { Server } from '../../models/servers/server.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import { releaseMachine } from '../../models/services/holdings.js';
import { Service } from '../../models/services/service.js';
import type { MachineFailure } from '../../rules/servers/machine-failures.js';
import { serviceStatusesBefore } from '../../rules/services/service-status.js';
import { NoServerLeft } from '../../workflows/messages/failures.js';
import type { ServerProvisioningResult } from '../../workflows/messages/server-provisioning.js';
import { askedAt } from '../durable/clock.js';
import type { OnMachine } from './power.js';
import { tellService } from './told.js';

export interface ProvisioningFacts {
  /** The numbers that people know it by. */
  readonly labels: { readonly service: string; readonly customer: string; readonly order: string };
  /** There when it was finished by an earlier run, which the cluster has forgotten. */
  readonly finished?: ServerProvisioningResult['outcome'];
}

export interface FailedMachine extends OnMachine {
  readonly failure: MachineFailure;
  readonly detail: string;
}

export type ReservationActivities = ReturnType<typeof createReservationActivities>;

export function createReservationActivities() {
  return {
    async beginProvisioning(serviceId: string): Promise<ProvisioningFacts> {
      const { slug, customer, status, orderLine } = await ordered(serviceId);
      const order = await Order.query().findById(orderLine.orderId).throwIfNotFound();
      const labels = { service: slug, customer: customer.number, order: order.number };
      if (status === 'active') return { labels, finished: 'active' };
      if (status === 'ended' || status === 'abandoned') return { labels, finished: 'cancelled' };
      const preparing = { status: 'preparing', id: serviceId } as const;
      await Service.query()
        .where({ id: serviceId })
        .whereIn('status', serviceStatusesBefore('preparing'))
        .patch(preparing);
      return { labels };
    },

    /** The machine that was held since the order, for good; where that ran out, another one just like it. */
    async reserveServer(serviceId: string): Promise<{ serverId: string }> {
      const at = askedAt();
      const { orderLine } = await ordered(serviceId);
      const wanted = { productId: orderLine.productId, choiceIds: orderLine.physicalChoiceIds };
      return Server.transaction(async (trx) => {
        const server =
          (await confirmed(serviceId, at, trx)) ??
          (await ServerLease.take(wanted, serviceId, { from: at, until: null }, trx));
        if (!server) throw ApplicationFailure.nonRetryable(`no ${orderLine.productName} is left`, NoServerLeft);
        if (await Server.moveTo(server.id, 'leased', at, undefined, trx)) {
          const { label, rack } = await server.$query(trx).withGraphFetched('rack.site');
          await tellService(serviceId, 'server.reserved', { server: label, city: rack.site.city }, trx);
        }
        return { serverId: server.id };
      });
    },

    async releaseServer(serviceId: string): Promise<void> {
      await Server.transaction((trx) => releaseMachine(serviceId, askedAt(), trx));
    },

    /** Out of the pool until a person has looked at it. */
    async setServerAside({ serviceId, serverId, failure, detail }: FailedMachine): Promise<void> {
      const at = askedAt();
      await Server.transaction(async (trx) => {
        const { label, status } = await Server.query(trx).findById(serverId).throwIfNotFound();
        if (!(await Server.moveTo(serverId, 'failed_provisioning', at, `${failure}: ${detail}`, trx))) return;
        await tellService(serviceId, 'server.replaced', { server: label }, trx);
        const actor = { actorKind: 'process', actorName: 'serverProvisioning' } as const;
        const change = { before: { status }, after: { status: 'failed_provisioning', failure, detail } };
        const about = { subjectType: 'server', subjectId: label, happenedAt: at, action: 'server.failed' };
        await AuditEntry.record({ ...actor, ...change, ...about }, trx);
      });
    },

    /** Nobody will sign in with it. */
    async forgetRootPassword(serviceId: string): Promise<void> {
      await RootPassword.query().deleteById(serviceId);
    },
  };
}

/** The machine under the service's running lease; one that has left the pool meanwhile is let go. */
async function confirmed(serviceId: string, at: Date, trx: Transaction): Promise<Server | undefined> {
  const lease = await ServerLease.query(trx).modify('heldBy', serviceId, at).first();
  if (!lease) return undefined;
  const server = await Server.query(trx).findById(lease.serverId).forUpdate().throwIfNotFound();
  if (server.status === 'ready' || server.status === 'leased') {
    await lease.confirm(trx);
    return server;
  }
  await ServerLease.release(serviceId, at, trx);
  return undefined;
}

/** A service that came from an order, with what was ordered. */
export async function ordered(serviceId: string) {
  const service = await Service.query().findById(serviceId).withGraphFetched('[customer, orderLine]').throwIfNotFound();
  const { orderLine } = service;
  if (!orderLine) throw ApplicationFailure.nonRetryable(`${service.slug} was never ordered`);
  return Object.assign(service, { orderLine });
}
