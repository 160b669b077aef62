import type { AccessTokens } from '../../gateways/access-tokens.js';
import { composeLetter } from '../../gateways/letters.js';
import type { Mailer } from '../../gateways/mailer.js';
import { AuditEntry } from '../../models/accounts/audit-entry.js';
import { AddressAssignment } from '../../models/network/address-assignment.js';
import { Order } from '../../models/orders/order.js';
import { systemName } from '../../models/orders/order-line.js';
import { Installation } from '../../models/servers/installation.js';
import { keptUntil, RootPassword } from '../../models/servers/root-password.js';
import { Server } from '../../models/servers/server.js';
import { Service } from '../../models/services/service.js';
import { Subscription } from '../../models/services/subscription.js';
import { addMonths, dayAt } from '../../rules/calendar.js';
import { serviceStatusesBefore } from '../../rules/services/service-status.js';
import { askedAt } from '../durable/clock.js';
import { type Delivery, deliverOnce, leavingAt } from '../durable/letter-delivery.js';
import type { InstallationOn } from './installations.js';
import { ordered } from './reservations.js';
import { tellService } from './told.js';
import { welcomeWords } from './welcome-words.js';

export interface HandoverDeps {
  readonly mailer: Mailer;
  /** Where customers reach the shop, without a slash at the end. */
  readonly shopUrl: string;
  readonly tokens: AccessTokens;
}

export type HandoverActivities = ReturnType<typeof createHandoverActivities>;

export function createHandoverActivities({ mailer, shopUrl, tokens }: HandoverDeps) {
  return {
    /** A sentence of the service's timeline that needs no more than its machine and its system to be told. */
    async tellProgress({ serviceId, serverId, event }: Told): Promise<void> {
      const { orderLine, hostName, customer } = await ordered(serviceId);
      const machine = serverId ? await Server.query().findById(serverId).throwIfNotFound() : undefined;
      const values = { system: systemName(orderLine, customer.language), host: hostName };
      await tellService(serviceId, event, machine ? { ...values, server: machine.label } : values);
    },

    /** The service is the customer's from now on, and what was paid for begins today in their time zone. */
    async handOver({ serviceId, serverId, installationId }: InstallationOn): Promise<void> {
      const at = askedAt();
      const { customer, orderLine, slug } = await ordered(serviceId);
      const { currency } = await Order.query().findById(orderLine.orderId).throwIfNotFound();
      const installation = await Installation.query().findById(installationId).throwIfNotFound();
      const anchoredOn = dayAt(at, customer.timeZone);
      const periodMonths = orderLine.periodMonths;
      await Service.transaction(async (trx) => {
        const service = Service.query(trx).where({ id: serviceId }).whereIn('status', serviceStatusesBefore('active'));
        if (!(await service.patch({ status: 'active', activeAt: at }))) return;
        await Subscription.query(trx).insert({
          serviceId,
          priceMinor: orderLine.recurringMinor,
          currency,
          periodMonths,
          anchoredOn,
          paidUntilOn: addMonths(anchoredOn, periodMonths),
          freeFromOn: anchoredOn,
          noticeDays: 0,
          creditsUnusedTime: true,
          autoRenew: true,
        });
        await Server.moveTo(serverId, 'in_service', at, undefined, trx);
        await installation.$query(trx).patch({ status: 'booted' });
        const expiresAt = keptUntil(at);
        await RootPassword.query(trx).findById(serviceId).patch({ expiresAt });
        await tellService(serviceId, 'server.handed_over', { service: slug }, trx);
        const actor = { actorKind: 'process', actorName: 'serverProvisioning', customerId: customer.id } as const;
        const change = { before: { status: 'preparing' }, after: { status: 'active', anchoredOn } };
        const about = { subjectType: 'service', subjectId: slug, action: 'service.handed_over', happenedAt: at };
        await AuditEntry.record({ ...actor, ...change, ...about }, trx);
      });
    },

    /** The password that its link shows is kept for 48 hours from when it leaves, however long it was kept back. */
    async sendWelcome(serviceId: string): Promise<Delivery> {
      const service = await ordered(serviceId);
      const held = await AddressAssignment.query().modify('heldBy', serviceId).withGraphFetched('prefix');
      const id = `welcome-server-${serviceId}`;
      const expiresAt = keptUntil(await leavingAt(id));
      const password = await RootPassword.query().patchAndFetchById(serviceId, { expiresAt }).throwIfNotFound();
      const brand = await service.customer.$relatedQuery('brand').withGraphFetched('legalEntity');
      const letter = composeLetter('welcome-server', {
        shop: brand.mark,
        ...(await welcomeWords(service, held, password)),
        loginUrl: `${shopUrl}/servers/login/${tokens.rootPassword(serviceId)}`,
        serverUrl: `${shopUrl}/servers/${service.slug}`,
      });
      return deliverOnce(mailer, { id, to: service.customer.email, ...letter });
    },
  };
}

interface Told {
  readonly serviceId: string;
  readonly serverId?: string;
  readonly event: `server.${string}`;
}
