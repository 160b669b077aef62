import { Invoice } from '../billing/invoice.js';
import { Refund } from '../billing/refund.js';
import { PowerCommand } from '../servers/power-command.js';
import { ServiceCancellation } from '../services/service-cancellation.js';
import type { TimelineSubject } from '../timeline-entry.js';
import type { StepHeld } from './process-step.js';
import { type ProcessSubject, subjectOf } from './process-subject.js';

/** Where people read of a process: whose timeline tells of it, and which steps they watch. */
interface Shown {
  readonly timeline?: readonly [TimelineSubject, string];
  readonly steps?: StepHeld;
}

type Find = (id: string) => Promise<Shown>;

const finders: Readonly<Record<string, Find>> = {
  order: async (id) => ({ timeline: ['order', id], steps: { process: 'order', subjectId: id } }),
  'invoice-payment': ofInvoice,
  'refund-return': async (id) => {
    const { payment } = await Refund.query().findById(id).withGraphFetched('payment').throwIfNotFound();
    return { timeline: ['invoice', payment.invoiceId] };
  },
  'server-provisioning': async (id) => ({
    timeline: ['service', id],
    steps: { process: 'serverProvisioning', subjectId: id },
  }),
  'service-cancellation': async (id) => {
    const { serviceId } = await ServiceCancellation.query().findById(id).throwIfNotFound();
    return { timeline: ['service', serviceId] };
  },
  'power-command': async (id) => {
    const { serviceId } = await PowerCommand.query().findById(id).throwIfNotFound();
    const steps = { process: 'powerCommand', subjectId: id };
    return serviceId ? { timeline: ['service', serviceId], steps } : { steps };
  },
};

/** What a held process is about; of a letter about an account nothing is told but that it waits. */
export async function heldAbout(workflowId: string): Promise<Shown & Partial<ProcessSubject>> {
  const [process = '', id = ''] = workflowId.split(':');
  const find = finders[process];
  return find ? { ...(await find(id)), ...(await subjectOf(workflowId)) } : {};
}

/** The step that people watch while an invoice is collected is its order's. */
async function ofInvoice(id: string): Promise<Shown> {
  const { orderId } = await Invoice.query().findById(id).throwIfNotFound();
  const timeline = ['invoice', id] as const;
  return orderId ? { timeline, steps: { process: 'order', subjectId: orderId, step: 'payment' } } : { timeline };
}
