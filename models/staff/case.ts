import { Dispute } from '../billing/dispute.js';
import { Payment } from '../billing/payment.js';
import { PaymentAttempt } from '../billing/payment-attempt.js';
import { Refund } from '../billing/refund.js';
import { ProcessStep } from '../durable/process-step.js';
import { StaffTask } from '../durable/staff-task.js';
import { AddressAssignment } from '../network/address-assignment.js';
import { PortAssignment } from '../network/port-assignment.js';
import { Order } from '../orders/order.js';
import { Installation } from '../servers/installation.js';
import { PowerCommand } from '../servers/power-command.js';
import { ServerLease } from '../servers/server-lease.js';
import { Service } from '../services/service.js';
import { TimelineEntry, type TimelineSubject } from '../timeline-entry.js';
import { type CaseIds, idsOf, NOBODY, noIds } from './case-ids.js';

export type Case = Awaited<ReturnType<typeof caseOf>>;

/** An order with its payment, its service and all they hold: everything a person needs who decides about any of them. */
export async function caseOf(workflowId: string | null, now: Date) {
  const { orderId, invoiceId, serviceId } = workflowId === null ? noIds : await idsOf(workflowId);
  const subjects = [subject('order', orderId), subject('invoice', invoiceId), subject('service', serviceId)].flat();
  const ofInvoice = { invoiceId: invoiceId ?? NOBODY };
  const held = serviceId ?? NOBODY;
  const watched = [
    ['order', orderId ?? NOBODY],
    ['serverProvisioning', held],
  ];
  const [
    order,
    service,
    steps,
    story,
    payments,
    attempts,
    refunds,
    disputes,
    lease,
    addresses,
    ports,
    installation,
    tasks,
  ] = await Promise.all([
    orderId ? Order.query().findById(orderId).withGraphFetched('[customer, user, lines, invoice]') : undefined,
    serviceId ? Service.query().findById(serviceId).withGraphFetched('[customer, subscription]') : undefined,
    ProcessStep.query().whereIn(['process', 'subjectId'], watched).orderBy('startedAt'),
    TimelineEntry.query().modify('aboutAny', subjects).modify('newestFirst').limit(200),
    Payment.query().where(ofInvoice).orderBy('receivedAt'),
    PaymentAttempt.query().where(ofInvoice).modify('newestFirst').withGraphFetched('paymentMethod'),
    Refund.query().modify('of', invoiceId ?? NOBODY),
    Dispute.query().modify('of', invoiceId ?? NOBODY),
    ServerLease.query().modify('heldBy', held, now).first().withGraphFetched('server.rack.site'),
    AddressAssignment.query().modify('heldBy', held),
    PortAssignment.query().modify('heldBy', held).withGraphFetched('[switchPort.device, vlan]'),
    Installation.query().where({ serviceId: held }).modify('open').first(),
    StaffTask.query()
      .modify('open')
      .modify('about', workflowsOf({ orderId, invoiceId, serviceId }), invoiceId ?? NOBODY),
  ]);
  const power = await powerOf(workflowId);
  return {
    order,
    service,
    steps,
    story,
    payments,
    attempts,
    refunds,
    disputes,
    lease,
    addresses,
    ports,
    installation,
    tasks,
    power,
  };
}

/** The power command that a workflow is, where it is one. */
async function powerOf(workflowId: string | null): Promise<PowerCommand | undefined> {
  const [process, id = NOBODY] = workflowId?.split(':') ?? [];
  if (process !== 'power-command') return undefined;
  return PowerCommand.query().findById(id).withGraphFetched('[server.rack.site, user, staff]');
}

function subject(type: TimelineSubject, id: string | null): [TimelineSubject, string][] {
  return id ? [[type, id]] : [];
}

function workflowsOf({ orderId, invoiceId, serviceId }: CaseIds): string[] {
  return [`order:${orderId}`, `invoice-payment:${invoiceId}`, `server-provisioning:${serviceId}`];
}
