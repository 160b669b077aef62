import { type ChildWorkflowHandle, isCancellation, ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { invoicePayment as collect } from '../billing/invoice-payment.js';
import { invoicePayment } from '../messages/invoice-payment.js';
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

export function startProvisioning(serviceId: string): Promise<Provisioning> {
  const { type, taskQueue, workflowId } = serverProvisioning;
  const child = { taskQueue, workflowId: workflowId({ serviceId }), ...goesOn };
  return startChild<typeof provision>(type, { ...child, args: [{ serviceId }] });
}

/** A child that failed or is gone leaves its row to be looked at; only our own cancellation goes further. */
export function unlessCancelled(error: unknown): void {
  if (isCancellation(error)) throw error;
}
