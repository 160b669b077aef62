import type { Invoice } from '../models/billing/invoice.js';
import { invoicePayment } from '../workflows/messages/invoice-payment.js';
import { order } from '../workflows/messages/order.js';
import { type PromiseDeps, startPromised } from './promised-process.js';

/** An order collects its own invoice; any other invoice is collected from the first time somebody pays on it. */
export async function startCollector(deps: PromiseDeps, { id: invoiceId, orderId }: Invoice): Promise<void> {
  if (orderId) await startPromised(deps, order, { orderId });
  else await deps.processes.start(invoicePayment, { invoiceId });
}
