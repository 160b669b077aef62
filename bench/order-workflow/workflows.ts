import { executeChild, proxyActivities } from '@temporalio/workflow';

export { order } from '../../workflows/orders/order.js';

/** The order's children, which end at once: paid, and handed over. */
export async function invoicePayment(): Promise<{ status: 'paid' }> {
  return { status: 'paid' };
}

export async function serverProvisioning(): Promise<{ outcome: 'active' }> {
  return { outcome: 'active' };
}

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '1 minute' });

/** The reference: so many activities that do nothing, one after another. */
export async function bare(activities: number): Promise<void> {
  for (let done = 0; done < activities; done++) await nothing();
}

/** The same with two children beside them, as the order has. */
export async function bareWithChildren(activities: number): Promise<void> {
  await executeChild('invoicePayment', { args: [] });
  await executeChild('serverProvisioning', { args: [] });
  await bare(activities);
}
