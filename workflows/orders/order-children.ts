import { type ChildWorkflowHandle, isCancellation, ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { invoicePayment as collect } from '../billing/invoice-payment.js';
import { invoicePayment, invoiceVoided } from '../messages/invoice-payment.js';
import { serverProvisioning } from '../messages/server-provisioning.js';
import type { serverProvisioning as provision } from '../servers/server-provisioning.js';

export type Collecting = ChildWorkflowHandle<typeof collect>;
export type Provisioning = ChildWorkflowHandle<typeof provision>;

/** Money and machines are brought to their own end, even when the order's run is ended by hand. */
const goesOn = { parentClosePolicy: ParentClosePolicy.ABANDON };

export function startCollecting(invoiceId: string): Promise<Collecting> {
  const { type, taskQueue, workflowId } = invoicePayment;
  const child = { taskQueue, workflowId: workflowId({ invoiceId }), ...goesOn };
  return startChild<typeof collect>(type, { ...child, args: [{ invoiceId }] });
}

/** A collecting that was given up may have left a charge open: begun again, it takes that back or sees that it was paid. */
export async function takeBack(invoiceId: string): Promise<boolean> {
  try {
    const again = await startCollecting(invoiceId);
    await again.signal(invoiceVoided).catch(unlessCancelled);
    return (await again.result()).status === 'paid';
  } catch (error) {
    unlessCancelled(error);
    return false;
  }
}

export function startProvisioning(serviceId: string): Promise<Provisioning> {
  const { type, taskQueue, workflowId } = serverProvisioning;
  const child = { taskQueue, workflowId: workflowId({ serviceId }), ...goesOn };
  return startChild<typeof provision>(type, { ...child, args: [{ serviceId }] });
}

/** A child that failed or is gone leaves its row to be looked at; only our own cancellation goes further. */
export function unlessCancelled(error: unknown): void {
  if (isCancellation(error)) throw error;
}
