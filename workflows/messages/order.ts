import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { OrderStatus } from '../../rules/orders/order-status.js';
import type { ProcessContract } from './contract.js';
import type { InstallationBegun, OrderClosed } from './failures.js';

export type { OrderStatus };

export interface OrderInput {
  readonly orderId: string;
}

export interface OrderResult {
  readonly status: Extract<OrderStatus, 'active' | 'cancelled' | 'expired' | 'refunded'>;
}

export type OrderRefusal = typeof OrderClosed | typeof InstallationBegun;

export const order: ProcessContract<OrderInput, OrderResult> = {
  type: 'order',
  taskQueue: 'orders',
  summary: 'One order, from its acceptance to the running server or the money back',
  workflowId: ({ orderId }) => `order:${orderId}`,
};

/**
 * The customer changed their mind. Answers with the final status once all was given back; a second time it changes
 * nothing. Refused: `OrderClosed`, and `InstallationBegun` once the disks are being written.
 */
export const cancelOrder = defineUpdate<OrderStatus, [{ readonly userId: string }]>('cancelOrder');

/** From the server's provisioning: from now on there is no way back for nothing. */
export const installationBegun = defineSignal('installationBegun');

export const orderStatus = defineQuery<OrderStatus>('status');
