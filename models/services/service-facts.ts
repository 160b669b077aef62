import type { Customer } from '../accounts/customer.js';
import { Product } from '../catalogue/product.js';
import { AddressAssignment } from '../network/address-assignment.js';
import { PortAssignment } from '../network/port-assignment.js';
import { ReverseName } from '../network/reverse-name.js';
import { Order } from '../orders/order.js';
import { ServerLease } from '../servers/server-lease.js';
import { TimelineEntry } from '../timeline-entry.js';
import { Service } from './service.js';
import { ServiceCancellation } from './service-cancellation.js';

/** Everything a customer may know of their service. What its management is reached by is no part of it. */
export interface ServiceFacts {
  readonly service: Service;
  readonly order: Order | undefined;
  readonly product: Product | undefined;
  readonly addresses: readonly AddressAssignment[];
  readonly reverseNames: readonly ReverseName[];
  readonly port: PortAssignment | undefined;
  readonly lease: ServerLease | undefined;
  readonly cancellation: ServiceCancellation | undefined;
  readonly story: readonly TimelineEntry[];
}

/** A customer's service by its slug. */
export async function ownService(customer: Customer, slug: string): Promise<Service> {
  return Service.query()
    .modify('ownedBy', customer)
    .findOne({ 'services.slug': /^[\w.-]{1,253}$/.test(slug) ? slug : '' })
    .withGraphJoined('[subscription, orderLine]')
    .throwIfNotFound();
}

export async function factsOf(service: Service, at: Date): Promise<ServiceFacts> {
  const { id, orderLine } = service;
  const [order, product, addresses, reverseNames, port, lease, cancellation, story] = await Promise.all([
    orderLine && Order.query().findById(orderLine.orderId),
    orderLine && Product.query().findById(orderLine.productId).withGraphFetched('options'),
    AddressAssignment.query().modify('heldBy', id).withGraphFetched('prefix'),
    ReverseName.query().where({ serviceId: id }).orderBy('address'),
    PortAssignment.query().modify('heldBy', id).withGraphFetched('[switchPort.device, vlan]').first(),
    ServerLease.query().modify('heldBy', id, at).withGraphJoined('server.rack.site').first(),
    ServiceCancellation.query().modify('standing').findOne({ serviceId: id }),
    TimelineEntry.query().modify('about', 'service', id).modify('newestFirst').limit(50),
  ]);
  return { service, order, product, addresses, reverseNames, port, lease, cancellation, story };
}
