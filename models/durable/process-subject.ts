import { Dispute } from '../billing/dispute.js';
import { Invoice } from '../billing/invoice.js';
import { Refund } from '../billing/refund.js';
import { Order } from '../orders/order.js';
import { PowerCommand } from '../servers/power-command.js';
import { Service } from '../services/service.js';
import { ServiceCancellation } from '../services/service-cancellation.js';

/** What a process is about, in words people know. */
export interface ProcessSubject {
  readonly subjectType: 'order' | 'invoice' | 'service' | 'server';
  readonly subject: string;
  readonly customerId: string | null;
}

type Find = (id: string) => Promise<ProcessSubject>;

const finders: Readonly<Record<string, Find>> = {
  order: async (id) => {
    const { number, customerId } = await Order.query().findById(id).throwIfNotFound();
    return { subjectType: 'order', subject: number, customerId };
  },
  'invoice-payment': ofInvoice,
  dispute: async (id) => {
    const { attempt } = await Dispute.query().findById(id).withGraphFetched('attempt').throwIfNotFound();
    return ofInvoice(attempt.invoiceId);
  },
  'refund-return': async (id) => {
    const { payment } = await Refund.query().findById(id).withGraphFetched('payment').throwIfNotFound();
    return ofInvoice(payment.invoiceId);
  },
  'server-provisioning': ofService,
  'service-cancellation': async (id) => {
    const { serviceId } = await ServiceCancellation.query().findById(id).throwIfNotFound();
    return ofService(serviceId);
  },
  'power-command': async (id) => {
    const { serviceId, server } = await PowerCommand.query().findById(id).withGraphFetched('server').throwIfNotFound();
    return serviceId ? ofService(serviceId) : { subjectType: 'server', subject: server.label, customerId: null };
  },
};

/** Told from a workflow's id, `<process>:<uuid of the row>`. */
export async function subjectOf(workflowId: string): Promise<ProcessSubject> {
  const [process = '', id = ''] = workflowId.split(':');
  const find = finders[process];
  if (!find) throw new RangeError(`nothing is known of the process ${workflowId}`);
  return find(id);
}

async function ofInvoice(id: string): Promise<ProcessSubject> {
  const { number, customerId } = await Invoice.query().findById(id).throwIfNotFound();
  return { subjectType: 'invoice', subject: number, customerId };
}

async function ofService(id: string): Promise<ProcessSubject> {
  const { name, customerId } = await Service.query().findById(id).throwIfNotFound();
  return { subjectType: 'service', subject: name, customerId };
}
