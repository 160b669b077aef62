import { type ProvisioningStep, provisioningSteps } from '../servers/provisioning-steps.js';
import type { OrderStatus } from './order-status.js';

const firstOnTheDisks = provisioningSteps.indexOf('install');

/** An order may be taken back for nothing until its system is being put on the disks. The process has the last word. */
export function mayStillCancel(status: OrderStatus, begun: readonly ProvisioningStep[]): boolean {
  if (status !== 'awaiting_payment' && status !== 'preparing') return false;
  return begun.every((step) => provisioningSteps.indexOf(step) < firstOnTheDisks);
}
