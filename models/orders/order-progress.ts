import type { ProvisioningStep } from '../../rules/servers/provisioning-steps.js';
import type { Customer } from '../accounts/customer.js';
import { ProcessStep } from '../durable/process-step.js';
import { StaffTask } from '../durable/staff-task.js';
import { AddressAssignment } from '../network/address-assignment.js';
import { Installation } from '../servers/installation.js';
import { ServerLease } from '../servers/server-lease.js';
import { Service } from '../services/service.js';
import { TimelineEntry } from '../timeline-entry.js';
import { Order } from './order.js';

/** All that there is to say of an order while it goes on, and afterwards. */
export interface OrderProgress {
  readonly order: Order;
  readonly service: Service;
  readonly steps: readonly (ProcessStep & { readonly step: ProvisioningStep })[];
  readonly pastSeconds: Readonly<Record<string, readonly number[]>>;
  readonly story: readonly TimelineEntry[];
  readonly lease: ServerLease | undefined;
  readonly addresses: readonly AddressAssignment[];
  readonly installation: Installation | undefined;
  /** Whether one of the staff was asked to decide something. */
  readonly withStaff: boolean;
}

/** A customer's order by its number. */
export async function ownOrder(customer: Customer, number: string): Promise<Order> {
  return Order.query()
    .modify('ownedBy', customer)
    .findOne({ 'orders.number': /^[A-Z]+-\d{1,12}$/.test(number) ? number : '' })
    .withGraphJoined('[user, invoice]')
    .withGraphFetched('lines')
    .throwIfNotFound();
}

export async function progressOf(order: Order, at: Date): Promise<OrderProgress> {
  const lineIds = order.lines.map(({ id }) => id);
  const service = await Service.query().whereIn('orderLineId', lineIds).first().throwIfNotFound();
  const subjects = [
    ['order', order.id],
    ['invoice', order.invoice.id],
    ['service', service.id],
  ] as const;
  const watched = [
    ['order', order.id],
    ['serverProvisioning', service.id],
  ];
  const workflows = [`order:${order.id}`, `invoice-payment:${order.invoice.id}`, `server-provisioning:${service.id}`];
  const [steps, pastSeconds, story, lease, addresses, installation, tasks] = await Promise.all([
    ProcessStep.query().whereIn(['process', 'subjectId'], watched).orderBy('startedAt'),
    ProcessStep.pastSeconds(),
    TimelineEntry.query().modify('aboutAny', subjects).modify('newestFirst'),
    ServerLease.query().modify('heldBy', service.id, at).withGraphJoined('server.rack.site').first(),
    AddressAssignment.query().modify('heldBy', service.id),
    Installation.query().where({ serviceId: service.id }).modify('open').first(),
    StaffTask.query().whereIn('workflowId', workflows).whereNull('answer').resultSize(),
  ]);
  return {
    order,
    service,
    steps: steps as (ProcessStep & { step: ProvisioningStep })[],
    pastSeconds,
    story,
    lease,
    addresses,
    installation,
    withStaff: tasks > 0,
  };
}
