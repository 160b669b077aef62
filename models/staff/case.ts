import type { Knex } from 'knex';
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

export type Case = Awaited<ReturnType<typeof caseOf>>;

interface CaseIds {
  readonly orderId: string | null;
  readonly invoiceId: string | null;
  readonly serviceId: string | null;
}

const ofOrder = `orders o LEFT JOIN order_lines l ON l.order_id = o.id LEFT JOIN services v ON v.order_line_id = l.id
  LEFT JOIN invoices i ON i.order_id = o.id`;
const ofService = `services v LEFT JOIN order_lines l ON l.id = v.order_line_id LEFT JOIN orders o ON o.id = l.order_id
  LEFT JOIN invoices i ON i.order_id = o.id`;

/** What a workflow's id names, and where the rest is found from there. */
const named: Readonly<Record<string, string>> = {
  order: `${ofOrder} WHERE o.id = :id`,
  'invoice-payment': `${ofOrder} WHERE i.id = :id`,
  'refund-return': `${ofOrder} WHERE i.id = (SELECT p.invoice_id FROM refunds r JOIN payments p ON p.id = r.payment_id
    WHERE r.id = :id)`,
  'server-provisioning': `${ofService} WHERE v.id = :id`,
  'service-cancellation': `${ofService} WHERE v.id = (SELECT service_id FROM service_cancellations WHERE id = :id)`,
  'power-command': `${ofService} WHERE v.id = (SELECT service_id FROM power_commands WHERE id = :id)`,
};

/** An order with its payment, its service and all they hold: everything a person needs who decides about any of them. */
export async function caseOf(workflowId: string, now: Date) {
  const { orderId, invoiceId, serviceId } = await idsOf(workflowId);
  const subjects = [subject('order', orderId), subject('invoice', invoiceId), subject('service', serviceId)].flat();
  const ofInvoice = { invoiceId: invoiceId ?? NOBODY };
  const held = serviceId ?? NOBODY;
  const watched = [
    ['order', orderId ?? NOBODY],
    ['serverProvisioning', held],
  ];
  const [order, service, steps, story, payments, attempts, refunds, lease, addresses, ports, installation, tasks] =
    await Promise.all([
      orderId ? Order.query().findById(orderId).withGraphFetched('[customer, user, lines, invoice]') : undefined,
      serviceId ? Service.query().findById(serviceId).withGraphFetched('[customer, subscription]') : undefined,
      ProcessStep.query().whereIn(['process', 'subjectId'], watched).orderBy('startedAt'),
      TimelineEntry.query().modify('aboutAny', subjects).modify('newestFirst').limit(200),
      Payment.query().where(ofInvoice).orderBy('receivedAt'),
      PaymentAttempt.query().where(ofInvoice).modify('newestFirst').withGraphFetched('paymentMethod'),
      Refund.query().modify('of', invoiceId ?? NOBODY),
      ServerLease.query().modify('heldBy', held, now).first().withGraphFetched('server.rack.site'),
      AddressAssignment.query().modify('heldBy', held),
      PortAssignment.query().modify('heldBy', held).withGraphFetched('[switchPort.device, vlan]'),
      Installation.query().where({ serviceId: held }).modify('open').first(),
      StaffTask.query().modify('open').whereIn('workflowId', workflowsOf({ orderId, invoiceId, serviceId })),
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
    lease,
    addresses,
    ports,
    installation,
    tasks,
    power,
  };
}

/** The power command that a workflow is, where it is one. */
async function powerOf(workflowId: string): Promise<PowerCommand | undefined> {
  const [process, id = NOBODY] = workflowId.split(':');
  if (process !== 'power-command') return undefined;
  return PowerCommand.query().findById(id).withGraphFetched('[server.rack.site, user, staff]');
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

async function idsOf(workflowId: string): Promise<CaseIds> {
  const [process = '', id = NOBODY] = workflowId.split(':');
  const from = named[process];
  if (!from) throw new RangeError(`nothing is known of the process ${workflowId}`);
  const knex: Knex = Order.knex();
  const found = knex.raw(`(SELECT o.id AS order_id, i.id AS invoice_id, v.id AS service_id FROM ${from}) AS found`, {
    id,
  });
  const [ids] = await knex.select<CaseIds[]>('*').from(found).limit(1);
  return ids ?? { orderId: null, serviceId: null, invoiceId: process === 'invoice-payment' ? id : null };
}

function subject(type: TimelineSubject, id: string | null): [TimelineSubject, string][] {
  return id ? [[type, id]] : [];
}

function workflowsOf({ orderId, invoiceId, serviceId }: CaseIds): string[] {
  return [`order:${orderId}`, `invoice-payment:${invoiceId}`, `server-provisioning:${serviceId}`];
}
